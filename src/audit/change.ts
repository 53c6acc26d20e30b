import type { ResourceType } from '../operations/resource-type.ts';

/** What only the audit knows: sessions of the website, and logins or addresses that have to wait. */
export type AccessType = 'session' | 'sign-in';

/** What a write did to one record: becomes an audit entry and a change-feed entry in the same transaction. */
export interface Change {
  readonly change: 'CREATED' | 'UPDATED' | 'DELETED';
  readonly resourceType: ResourceType | AccessType;
  readonly resourceId: string;
  /** As people know it at this moment. */
  readonly resourceName: string;
  /** Further facts for the auditor; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Written {
  readonly output: object;
  readonly changes: readonly Change[];
}

/** What a write answers that changed one thing of a resource; null details: all was so already. */
export function updated(
  resourceType: ResourceType,
  { id, name }: Named,
  details: Readonly<Record<string, unknown>> | null,
): Written {
  if (!details) return { output: {}, changes: [] };
  return {
    output: {},
    changes: [{ change: 'UPDATED', resourceType, resourceId: id, resourceName: name, details }],
  };
}

/** What a write answers that deleted a resource. */
export function deleted(resourceType: ResourceType, { id, name }: Named): Written {
  return { output: {}, changes: [{ change: 'DELETED', resourceType, resourceId: id, resourceName: name }] };
}
