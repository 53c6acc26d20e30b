import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { PageError } from './PageError.tsx';
import { inside, root } from './page.ts';
import { pages, signInPage } from './pages.ts';
import { parseSearch, stringifySearch } from './search.ts';

const routeTree = root.addChildren([signInPage, inside.addChildren(pages)]);

/** `history`: of a program that is no browser. */
export function createConsoleRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history && { history }),
    basepath: '/console',
    parseSearch,
    stringifySearch,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
