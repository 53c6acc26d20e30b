import { actionPattern } from '../../access/actions.ts';
import { items, length, oneOf, pageOf, pattern } from '../../operations/constraints.ts';
import { list, nested, string, structure, timestamp } from '../../operations/shapes.ts';
import type { AccessKeyDetails } from './types.ts';

export const accessKey = structure({
  AccessKeyId: string(),
  Description: string(),
  Actions: list(string()),
  Status: string<'ENABLED' | 'DISABLED'>(),
  CreatedTime: timestamp(),
  CreatedBy: string(),
  LastUsedTime: timestamp(),
});
export const accessKeyMember = nested(accessKey);

/** An access key as its operations show it. The secret is not part of it. */
export function describeAccessKey(row: AccessKeyDetails) {
  return {
    AccessKeyId: row.id,
    Description: row.description ?? undefined,
    Actions: [...row.actions],
    Status: row.status,
    CreatedTime: row.createdTime,
    CreatedBy: row.createdBy,
    LastUsedTime: row.lastUsedTime ?? undefined,
  };
}

export const accessKeyConstraints = {
  Actions: items(1, 100),
  'Actions[]': pattern(
    actionPattern,
    'connect: and the name of an operation, such as connect:DeleteUser or connect:List*',
  ),
  Description: length(0, 250),
};
export const accessKeyIdConstraint = { AccessKeyId: length(4, 128) };
export const statusConstraint = { Status: oneOf('ENABLED', 'DISABLED') };
export const pageConstraint = pageOf(100);
