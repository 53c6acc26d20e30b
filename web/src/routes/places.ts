import type { PermissionId } from '../api/operations.ts';
import type { May } from '../api/session.ts';
import { batchesPath, quickConnectsPath, usersPath } from './paths.ts';

export interface Place {
  readonly text: string;
  readonly href: string;
  /** Any one of these opens it. */
  readonly permissions: readonly PermissionId[];
}

interface PlaceGroup {
  readonly text: string;
  readonly places: readonly Place[];
}

const all: readonly PlaceGroup[] = [
  {
    text: 'Users',
    places: [
      { text: 'User management', href: usersPath, permissions: ['Users.View'] },
      { text: 'User batches', href: batchesPath, permissions: ['Users.View', 'Users.Delete'] },
    ],
  },
  {
    text: 'Routing',
    places: [{ text: 'Quick connects', href: quickConnectsPath, permissions: ['TransferDestinations.View'] }],
  },
];

/** The left navigation: only what exists, and only what the user may see. */
export function placesFor(may: May): PlaceGroup[] {
  return all
    .map((group) => ({ ...group, places: group.places.filter((place) => place.permissions.some(may)) }))
    .filter((group) => group.places.length > 0);
}

/** The place that an address belongs to, so that the navigation marks it on the pages below it too. */
export function placeOf(path: string): string {
  const hrefs = all.flatMap((group) => group.places.map((place) => place.href));
  return (
    hrefs.filter((href) => path === href || path.startsWith(`${href}/`)).sort((a, b) => b.length - a.length)[0] ?? ''
  );
}
