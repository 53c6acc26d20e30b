import { identityOf } from '../../../operations/caller.ts';
import { instanceId, range } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { pageOfRows, positionIn } from '../../../operations/paging.ts';
import { boolean, integer, label, list, nested, required, string, structure } from '../../../operations/shapes.ts';
import type { Finding } from '../../users/list-entries.ts';
import { listSelectedUsers } from '../../users/selection.ts';
import { deletion } from '../kinds/deletion.ts';
import { detailsOf, previewDeletion, problemsFirst, summaryOf } from '../preview.ts';
import { mostRecords, selectionConstraints, selectionMembers, selectionOf, tooMany } from '../selection.ts';

const summaryShape = structure({
  RequestedCount: required(integer()),
  DeletableCount: required(integer()),
  RefusedCount: required(integer()),
  AlreadyGoneCount: required(integer()),
  NeverExistedCount: required(integer()),
  UnreadableCount: required(integer()),
  AmbiguousCount: required(integer()),
  CaseDiffersCount: required(integer()),
  DuplicateCount: required(integer()),
  QuickConnectCount: required(integer()),
  QueueCount: required(integer()),
  SelfSelected: required(boolean()),
  LastAdministratorSelected: required(boolean()),
});

const queueShape = structure({
  QueueId: required(string()),
  Name: required(string()),
  QuickConnectCount: required(integer()),
});

const quickConnectShape = structure({
  QuickConnectId: required(string()),
  Name: string(),
  QueueNames: required(list(string())),
});

const caseDifferenceShape = structure({ Given: required(string()), Username: required(string()) });

const userShape = structure({
  UserId: string(),
  Username: string(),
  FirstName: string(),
  LastName: string(),
  Given: string(),
  CaseDiffers: required(boolean()),
  Deletable: required(boolean()),
  Finding: string<Finding>(),
  ErrorCode: string(),
  Reason: string(),
  QuickConnects: required(list(nested(quickConnectShape))),
});

export const previewUserDeletion = defineExtensionRead(
  'PreviewUserDeletion',
  {
    method: 'POST',
    uri: '/user-batches/{InstanceId}/deletions/preview',
    summary:
      'What StartUserDeletion would do with the same selection: in sum, and user by user with the quick connects and queues that it touches, as far as the caller may see their names. Finding tells why somebody is not there: DELETED_BEFORE (the Reason says by whom and when), NEVER_EXISTED here, UNREADABLE as what was asked for, or AMBIGUOUS; it is left out for whoever may not see every user. CaseDiffers marks a login that is this one but for its case: look at it before you start. DuplicateCount tells how many entries of a list name somebody whom another names too. ProblemsFirst puts those who would not be deleted before all others. Writes nothing.',
    input: structure({
      InstanceId: label(),
      ...selectionMembers,
      ProblemsFirst: boolean(),
      MaxResults: integer(),
      NextToken: string(),
    }),
    output: structure({
      Summary: required(nested(summaryShape)),
      Queues: required(list(nested(queueShape))),
      CaseDifferences: required(list(nested(caseDifferenceShape))),
      Users: required(list(nested(userShape))),
      NextToken: string(),
    }),
  },
  {
    permission: deletion.permission,
    constraints: { ...instanceId, ...selectionConstraints, MaxResults: range(1, 1000) },
    handler: async ({ db, instance, caller, access }, input) => {
      const selection = selectionOf(input, instance);
      const users = await listSelectedUsers(db, instance, selection, access, mostRecords + 1);
      if (users.length > mostRecords) throw tooMany(`The search finds more than ${mostRecords} users`);
      const preview = await previewDeletion(db, instance, { ...identityOf(caller), access }, users);

      const after = positionIn('user-deletion-preview', input.NextToken);
      const size = input.MaxResults ?? 100;
      const ordered = input.ProblemsFirst ? problemsFirst(preview) : users;
      const rows = ordered.slice(after, after + size + 1).map((user, index) => ({ user, end: after + index + 1 }));
      const page = pageOfRows(rows, size, 'user-deletion-preview', ({ end }) => [end]);
      return {
        ...summaryOf(preview, (input.UserIds ?? input.Usernames ?? input.Emails)?.length ?? null),
        Users: detailsOf(
          preview,
          page.rows.map(({ user }) => user),
        ),
        NextToken: page.nextToken,
      };
    },
  },
);
