import { createRootRoute, createRoute, lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import type { PageFacts } from './page-facts.ts';

interface PageDeclaration<TPath extends string, TSearch> extends PageFacts {
  readonly path: TPath;
  /** What of the address behind the question mark counts, and as what. Everything else is dropped. */
  readonly search?: (given: Record<string, unknown>) => TSearch;
  readonly component: RouteComponent;
}

export const root = createRootRoute();

/** Everything behind the sign-in. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'console',
  component: lazyRouteComponent(() => import('./Console.tsx'), 'Console'),
});

/** Declares a page: the router, the navigation, the breadcrumbs, the window's title and the refusal read nothing else. */
export function page<const TPath extends string, TSearch = Record<never, never>>(
  declaration: PageDeclaration<TPath, TSearch>,
) {
  const { path, search, component, ...facts } = declaration;
  return createRoute({
    getParentRoute: () => inside,
    path,
    component,
    validateSearch: (given: Record<string, unknown>): TSearch => search?.(given) ?? ({} as TSearch),
    // Another user, another page: nothing that was typed for one may stay for the next.
    remountDeps: ({ params }) => params,
    staticData: { page: facts },
  });
}
