import { isUuid } from '../../../operations/arn.ts';
import { identityOf } from '../../../operations/caller.ts';
import { instanceId, oneOf, range } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { boolean, integer, label, list, query, required, string, structure } from '../../../operations/shapes.ts';
import {
  batchConstraints,
  batchMembers,
  batchOf,
  describe,
  oneUserBatch,
  seesOwnOnly,
  userBatchMember,
} from '../shapes.ts';
import { listUserBatches as listRows } from '../store.ts';
import { type UserBatchStatus, userBatchStatuses } from '../types.ts';

/** Whoever may see users may see what became of them. */
export const readers = ['Users.View', 'Users.Delete'] as const;

export const describeUserBatch = defineExtensionRead(
  'DescribeUserBatch',
  {
    method: 'GET',
    uri: '/user-batches/{InstanceId}/{UserBatchId}',
    summary: 'The state of a batch and how far it is.',
    input: structure(batchMembers),
    output: oneUserBatch,
  },
  {
    permission: readers,
    constraints: batchConstraints,
    handler: async (context, input) => ({
      UserBatch: describe(context, await batchOf(context, input.UserBatchId)),
    }),
  },
);

export const listUserBatches = defineExtensionRead(
  'ListUserBatches',
  {
    method: 'GET',
    uri: '/user-batches/{InstanceId}',
    summary: 'The batches of the instance, newest first; those of some states only, or only those (not) dismissed.',
    input: structure({
      InstanceId: label(),
      Status: query('status', list(string<UserBatchStatus>())),
      Dismissed: query('dismissed', boolean()),
      MaxResults: query('maxResults', integer()),
      NextToken: query('nextToken', string()),
    }),
    output: structure({ UserBatches: required(list(userBatchMember)), NextToken: string() }),
  },
  {
    permission: readers,
    constraints: { ...instanceId, 'Status[]': oneOf(...userBatchStatuses), MaxResults: range(1, 1000) },
    handler: async (context, input) => {
      const { db, instance, access, caller } = context;
      const size = input.MaxResults ?? 100;
      const requestedById = seesOwnOnly(access) ? identityOf(caller).id : undefined;
      const filter = { dismissed: input.Dismissed, statuses: input.Status ?? [], requestedById };
      const rows = await listRows(db, instance.id, filter, startOf(input.NextToken), size + 1);
      const page = pageOfRows(rows, size, 'user-batches', (row) => [row.createdTime.getTime(), row.id]);
      return { UserBatches: page.rows.map((row) => describe(context, row)), NextToken: page.nextToken };
    },
  },
);

function startOf(token: string | undefined): { createdTime: Date; id: string } | null {
  const key = decodeToken('user-batches', token, 2);
  if (!key) return null;
  const [time, id] = key;
  const createdTime = new Date(Number(time));
  if (typeof id !== 'string' || !isUuid(id) || Number.isNaN(createdTime.getTime())) throw unusableToken();
  return { createdTime, id };
}
