import { createMemoryHistory } from '@tanstack/react-router';
import { describe, expect, test } from 'vitest';
import type { PermissionId } from '../api/permissions.ts';
import { above, factsOf, missingFor, type Page, pagesOf, placeOf, placesFor, titleOf, waysIn } from './page-facts.ts';
import * as declarations from './pages.ts';
import { createConsoleRouter } from './router.tsx';

const router = createConsoleRouter(createMemoryHistory());
const everything = () => true;
const all = pagesOf(router);
const { pages } = declarations;

test('every page that is declared is listed', () => {
  // Whatever else is exported there has no facts of a page.
  const declared = Object.entries(declarations as Readonly<Record<string, Partial<Page>>>).filter(
    ([, one]) => one.options?.staticData?.page,
  );
  expect(declared.length).toBeGreaterThan(5);
  expect(declared.filter(([, one]) => !pages.some((page) => page === one)).map(([name]) => name)).toEqual([]);
});

test('the router knows every page that is declared, in their order', () => {
  expect(all.map((page) => page.fullPath)).toEqual(pages.map((page) => page.fullPath));
});

describe.each(all.map((page) => ({ page, path: page.fullPath })))('the page $path', ({ page, path }) => {
  test('is what its address leads to', () => {
    const address = `/console${path.replaceAll(/\$\w*/g, 'some-id')}`;
    expect(
      router.matchRoutes(router.parseLocation(createMemoryHistory({ initialEntries: [address] }).location)),
    ).toEqual(expect.arrayContaining([expect.objectContaining({ routeId: page.id })]));
  });

  test('has a title, with and without the name of what it is about', () => {
    for (const name of [undefined, 'ana']) expect(titleOf(factsOf(page), name)).toMatch(/\S/);
  });

  test('is in the navigation, or below a page that is', () => {
    if (factsOf(page).needs.length === 0) return;
    const place = placeOf(page);
    expect(placesFor(all, everything).flatMap((group) => group.pages)).toContain(place);
    expect(above(page).length > 0 || page === place).toBe(true);
  });

  test('refuses whoever lacks what it needs, and names it', () => {
    expect(missingFor(page, everything)).toBeNull();
    for (const need of factsOf(page).needs) {
      const choices: readonly PermissionId[] = typeof need === 'string' ? [need] : need;
      expect(missingFor(page, (permission) => !choices.includes(permission))).toBe(choices[0]);
      for (const choice of choices) {
        expect(missingFor(page, (permission) => permission === choice || !choices.includes(permission))).toBeNull();
      }
    }
  });
});

test('the navigation has only what somebody may see', () => {
  const shown = (...held: PermissionId[]) =>
    placesFor(all, (permission) => held.includes(permission)).map(({ group, pages: places }) => [
      group,
      places.map((place) => titleOf(factsOf(place))),
    ]);
  expect(shown('Users.View', 'TransferDestinations.View')).toEqual([
    ['Users', ['User management', 'User batches']],
    ['Routing', ['Quick connects']],
  ]);
  expect(shown('Users.Delete')).toEqual([['Users', ['User batches']]]);
  expect(shown()).toEqual([]);
});

test('whoever sees no page is told of each of the navigation what opens it', () => {
  const said = waysIn(all, () => false);
  expect(said).toContain('Users – View (User management)');
  expect(said).toContain('Access metrics – Agent activity audit – Access (Agent activity audit)');
  for (const page of placesFor(all, everything).flatMap((group) => group.pages)) {
    expect(said).toContain(`(${titleOf(factsOf(page))})`);
  }
});

test('an address that lacks a param, or a page that is not there, does not compile', () => {
  const { publicHref } = router.buildLocation({ to: '/users/$userId', params: { userId: 'a/b' } });
  expect(publicHref).toBe('/console/users/a%2Fb');
  const typed = router.navigate;
  // @ts-expect-error: it is /users
  const misspelt = () => typed({ to: '/user' });
  // @ts-expect-error: whose page?
  const lacking = () => typed({ to: '/users/$userId' });
  // @ts-expect-error: the list is filtered by user
  const unknown = () => typed({ to: '/routing/quick-connects', search: { usr: 'x' } });
  expect([misspelt, lacking, unknown]).toHaveLength(3);
});
