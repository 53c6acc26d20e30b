import type { Change } from '../audit/change.ts';
import type { Instance } from '../operations/instance.ts';
import type { ResourceType } from '../operations/resource-type.ts';

/** Ids of what has a name, by its name. */
export type IdsByName = ReadonlyMap<string, string>;

/** What every step needs, and where it notes what it has made. */
export interface Making {
  readonly instance: Instance;
  readonly now: Date;
  readonly changes: Change[];
}

/** Notes that a record was made, for the audit. */
export function note({ changes }: Making, resourceType: ResourceType, id: string, name: string): void {
  changes.push({ change: 'CREATED', resourceType, resourceId: id, resourceName: name });
}
