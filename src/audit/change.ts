import type { ResourceType } from '../resources/resources.ts';

/** What only the audit knows: sessions of the website, and logins or addresses that have to wait. */
export type AccessType = 'session' | 'sign-in';

/**
 * What a member had and has, by Connect's names for members and values. Null is none. A value that is not known is left
 * out, as is one that must not be, such as a password. Of a list that operations add to and take from, such as the queues
 * of a routing profile, these are the elements that came, went or changed, as they were and as they are.
 */
export interface Values {
  readonly Old?: unknown;
  readonly New?: unknown;
}

export type Changes = Readonly<Record<string, Values>>;

/** What is known of a resource beside its name, by Connect's names for its members. Never a secret. */
export type Snapshot = Readonly<Record<string, unknown>>;

/** What a write did to one record: becomes an audit entry and a change-feed entry in the same transaction. */
export type Change = {
  readonly resourceType: ResourceType | AccessType;
  readonly resourceId: string;
  /** As people know it at this moment. */
  readonly resourceName: string;
} & (
  | { readonly change: 'CREATED' | 'DELETED'; readonly details: Snapshot }
  | { readonly change: 'UPDATED'; readonly details: { readonly Changes: Changes } }
);

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Written {
  readonly output: object;
  readonly changes: readonly Change[];
}

const of = (resourceType: Change['resourceType'], { id, name }: Named) => ({
  resourceType,
  resourceId: id,
  resourceName: name,
});

/** Without what is none. */
function recorded(snapshot: Snapshot): Snapshot {
  const isThere = (value: unknown) => value !== undefined && value !== null;
  return Object.fromEntries(Object.entries(snapshot).filter(([, value]) => isThere(value)));
}

export function creationOf(type: Change['resourceType'], named: Named, snapshot: Snapshot): Change {
  return { change: 'CREATED', ...of(type, named), details: recorded(snapshot) };
}

export function deletionOf(type: Change['resourceType'], named: Named, snapshot: Snapshot): Change {
  return { change: 'DELETED', ...of(type, named), details: recorded(snapshot) };
}

export function updateOf(type: Change['resourceType'], named: Named, changes: Changes): Change {
  return { change: 'UPDATED', ...of(type, named), details: { Changes: changes } };
}

/** What a write answers that changed one thing of a resource; null changes: all was so already. */
export function updated(type: ResourceType, named: Named, changes: Changes | null): Written {
  return { output: {}, changes: changes ? [updateOf(type, named, changes)] : [] };
}

/** What a write answers that deleted a resource. */
export function deleted(type: ResourceType, named: Named, snapshot: Snapshot): Written {
  return { output: {}, changes: [deletionOf(type, named, snapshot)] };
}

/** The elements that came to a list and went from it; null when there are none. */
export function listChanges<Member extends string>(
  lists: Readonly<Record<Member, { readonly gone?: readonly unknown[]; readonly come?: readonly unknown[] }>>,
): Changes | null {
  const changed = Object.entries<{ gone?: readonly unknown[]; come?: readonly unknown[] }>(lists).flatMap(
    ([member, { gone = [], come = [] }]) =>
      gone.length + come.length > 0 ? [[member, { Old: gone, New: come }] as const] : [],
  );
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}
