import { items, length, tagMap } from '../../src/operations/constraints.ts';
import {
  defineExtensionRead,
  defineRead,
  defineWrite,
  type FileAnswer,
  type Operation,
} from '../../src/operations/define-operation.ts';
import { notFound, OperationError } from '../../src/operations/errors.ts';
import * as shape from '../../src/operations/shapes.ts';

/** What the fake file operation gives, and what became of it. */
export interface FileScript {
  chunks: () => AsyncGenerator<string>;
}

/** A few operations of Connect with answers made up on the spot, and one file. */
export function fakeOperations(file: FileScript): Operation[] {
  const users = Array.from({ length: 250 }, (_, i) => ({ Id: `user-${i}`, Username: `näme ${i}` }));
  return [
    defineRead('DescribeUser', {
      permission: 'ANY_USER',
      handler: async (_context, { InstanceId, UserId }) => {
        if (UserId === 'missing') throw notFound('agent', UserId);
        if (UserId === 'broken')
          throw Object.assign(new Error('relation "users" does not exist'), { detail: 'Key (x)=(y)' });
        return { User: { Id: UserId, Arn: InstanceId, Username: 'é', LastModifiedTime: new Date(1_700_000_000_123) } };
      },
    }),
    defineRead('ListUsers', {
      permission: 'ANY_USER',
      handler: async (_context, { MaxResults = 100, NextToken = '0' }) => {
        const start = Number(NextToken);
        const next = start + MaxResults;
        const page = { UserSummaryList: users.slice(start, next) };
        return next < users.length ? { ...page, NextToken: String(next) } : page;
      },
    }),
    defineWrite('CreateUser', {
      permission: 'ANY_USER',
      constraints: { Username: length(1, 100) },
      handler: async (_context, { Username }) => ({ output: { UserId: Username, UserArn: 'arn' }, changes: [] }),
    }),
    defineWrite('DeleteUser', { permission: 'ANY_USER', handler: async () => ({ output: {}, changes: [] }) }),
    defineWrite('DeleteUserHierarchyGroup', {
      permission: 'ANY_USER',
      handler: async () => {
        throw new OperationError('ResourceInUseException', 'It has users.', {
          ResourceType: 'HIERARCHY_GROUP',
          ResourceId: 'arn:group',
        });
      },
    }),
    defineWrite('TagResource', {
      permission: 'ANY_USER',
      constraints: tagMap('tags'),
      handler: async () => ({ output: {}, changes: [] }),
    }),
    defineWrite('UntagResource', { permission: 'ANY_USER', handler: async () => ({ output: {}, changes: [] }) }),
    defineRead('ListTagsForResource', {
      permission: 'ANY_USER',
      handler: async (_context, { resourceArn }) => ({ tags: { arn: resourceArn } }),
    }),
    defineExtensionRead(
      'DownloadTry',
      {
        method: 'GET',
        uri: '/try/{InstanceId}/results.csv',
        summary: 'For tests.',
        input: shape.structure({ InstanceId: shape.label() }),
        output: 'FILE',
      },
      {
        permission: 'ANY_USER',
        handler: async (): Promise<FileAnswer> => ({
          contentType: 'text/csv; charset=utf-8',
          fileName: 'Résultats "1".csv',
          chunks: file.chunks(),
        }),
      },
    ),
    defineExtensionRead(
      'CountIds',
      {
        method: 'POST',
        uri: '/try/{InstanceId}/ids',
        status: 202,
        summary: 'For tests.',
        input: shape.structure({ InstanceId: shape.label(), UserIds: shape.list(shape.string()) }),
        output: shape.structure({ Count: shape.integer() }),
      },
      {
        permission: 'ANY_USER',
        constraints: { UserIds: items(0, 100_000) },
        handler: async (_context, { UserIds = [] }) => ({ Count: UserIds.length }),
      },
    ),
  ];
}
