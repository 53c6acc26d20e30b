import { type May, missing, type Needs, permissionText } from '../api/permissions.ts';
import { listOf } from '../components/words.ts';

/** The groups of the left navigation, in their order. */
export const placeGroups = ['Users', 'Routing', 'Analytics and optimization'] as const;

/** What a page is, whatever its address holds. */
export interface PageFacts {
  /** Of the window, the breadcrumbs and the navigation; where a page is about one thing, made of that thing's name. */
  readonly title: string | ((name: string | undefined) => string);
  readonly needs: Needs;
  /** Its group in the left navigation. Pages without one are below another. */
  readonly place?: (typeof placeGroups)[number];
  /** The page above it, where its breadcrumbs come from. */
  readonly under?: Page;
  readonly width: 'default' | 'form' | 'table';
}

/** A page as its route, with its facts. */
export interface Page {
  readonly id: string;
  readonly fullPath: string;
  readonly options: { readonly staticData?: { readonly page?: PageFacts } };
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    page?: PageFacts;
  }
}

/** All that are declared, in their order. */
export function pagesOf({ routesById }: { readonly routesById: Readonly<Record<string, Page>> }): Page[] {
  return Object.values(routesById).filter((route) => route.options.staticData?.page !== undefined);
}

export function factsOf(given: Page): PageFacts {
  const facts = given.options.staticData?.page;
  if (!facts) throw new Error(`${given.fullPath} is no page.`);
  return facts;
}

export const titleOf = ({ title }: PageFacts, name?: string): string =>
  typeof title === 'string' ? title : title(name);

/** The permission that is missing to see a page; null when it may be seen. */
export const missingFor = (given: Page, may: May) => missing(factsOf(given).needs, may);

/** The pages above one, outermost first. */
export function above(given: Page): Page[] {
  const { under } = factsOf(given);
  return under ? [...above(under), under] : [];
}

/** The page of the navigation that one belongs to: itself or the nearest above it. */
export const placeOf = (given: Page): Page | undefined =>
  [given, ...above(given).reverse()].find((each) => factsOf(each).place !== undefined);

/** The left navigation: only what exists, and only what the user may see. */
export function placesFor(pages: readonly Page[], may: May): { group: string; pages: Page[] }[] {
  return placeGroups
    .map((group) => ({
      group,
      pages: pages.filter((each) => factsOf(each).place === group && missingFor(each, may) === null),
    }))
    .filter((group) => group.pages.length > 0);
}

/** To whoever sees no page: each of the navigation, with the permission that opens it. */
export function waysIn(pages: readonly Page[], may: May): string {
  const ways = pages.flatMap((each) => {
    const need = missingFor(each, may);
    if (factsOf(each).place === undefined || need === null) return [];
    return [`${permissionText(need)} (${titleOf(factsOf(each))})`];
  });
  return listOf(ways, ways.length);
}
