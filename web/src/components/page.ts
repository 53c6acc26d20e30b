import type { BreadcrumbGroupProps } from '@cloudscape-design/components/breadcrumb-group';
import { createContext, use, useEffect } from 'react';

/** What a page tells the layout around it. */
export interface PageFacts {
  readonly title: string;
  /** Above the page, outermost first; the page itself is added. */
  readonly crumbs: BreadcrumbGroupProps['items'];
  readonly contentType: 'default' | 'form' | 'table';
}

export const PageContext = createContext<(facts: PageFacts) => void>(() => {});

/** Names the page: the window's title, the breadcrumbs, and the width that suits it. */
export function usePage(
  title: string,
  contentType: PageFacts['contentType'],
  crumbs: BreadcrumbGroupProps['items'] = [],
): void {
  const tell = use(PageContext);
  const trail = JSON.stringify(crumbs);
  useEffect(() => {
    document.title = `${title} · Cordboard`;
    tell({ title, contentType, crumbs: JSON.parse(trail) });
  }, [tell, title, contentType, trail]);
}

/**
 * Puts the focus at the beginning of the page: after a dialog whose button has become disabled, and would now explain
 * itself unasked.
 */
export function focusPage(): void {
  setTimeout(() => document.querySelector<HTMLElement>('.page')?.focus({ preventScroll: true }));
}
