import type { Change } from '../audit/change.ts';
import type { Instance } from '../operations/instance.ts';

/** Ids of what has a name, by its name. */
export type IdsByName = ReadonlyMap<string, string>;

/** What every step needs, and where it notes what it has made. */
export interface Making {
  readonly instance: Instance;
  readonly now: Date;
  /** For the audit. */
  readonly changes: Change[];
}

/** What every entry of the audit says of it. */
export const bySampleData = {
  operation: 'SampleData',
  actor: { type: 'SYSTEM', id: 'cordboard', name: 'Cordboard' },
  permission: 'sample data',
} as const;
