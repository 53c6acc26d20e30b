import { createContext, use, useEffect } from 'react';

/** What a page tells the layout around it: the name of what it is about, or what it says instead of itself. */
export interface PageTold {
  readonly name?: string;
  readonly notice?: string;
}

export const PageContext = createContext<(told: PageTold) => void>(() => {});

function useTell(key: keyof PageTold, text: string | undefined): void {
  const tell = use(PageContext);
  useEffect(() => {
    tell(text === undefined ? {} : { [key]: text });
    return () => tell({});
  }, [tell, key, text]);
}

/** Names what the page is about, for its title: a login, a quick connect's name. Not known yet: undefined. */
export const usePageName = (name: string | undefined): void => useTell('name', name);

/** The title of a page that has only one thing to say: gone, not allowed. */
export const usePageNotice = (title: string): void => useTell('notice', title);

/**
 * Puts the focus at the beginning of the page: after a dialog whose button has become disabled, and would now explain
 * itself unasked.
 */
export function focusPage(): void {
  setTimeout(() => document.querySelector<HTMLElement>('.page')?.focus({ preventScroll: true }));
}
