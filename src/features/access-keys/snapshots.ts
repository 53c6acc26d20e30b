import type { AccessKeyDetails } from './types.ts';

/** For the audit: a key has no name but its id. */
export const named = (id: string) => ['access-key', { id, name: id }] as const;

export const snapshotOf = ({ status, actions, description }: AccessKeyDetails) => ({
  Status: status,
  Actions: actions,
  Description: description,
});
