import type { Instance } from '../features/instances/types.ts';
import type { Change, ResourceType } from '../operations/define-operation.ts';

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
