import type { Db } from '../../../database/db.ts';
import { oneOf, range } from '../../../operations/constraints.ts';
import { csvAnswer } from '../../../operations/csv.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { pageOfRows, positionIn } from '../../../operations/paging.ts';
import {
  boolean,
  integer,
  list,
  nested,
  query,
  required,
  string,
  structure,
  timestamp,
} from '../../../operations/shapes.ts';
import type { Finding } from '../../users/list-entries.ts';
import { countMembers, kindOf, shownCounts } from '../kinds/index.ts';
import { listRecords } from '../record-store.ts';
import { resultsFile } from '../results-file.ts';
import { batchConstraints, batchMembers, batchOf } from '../shapes.ts';
import { shownRecords } from '../shown-records.ts';
import { type RecordStatus, recordStatuses } from '../types.ts';
import { readers } from './read-user-batches.ts';

const byStatus = { Status: query('status', list(string<RecordStatus>())) } as const;
const constraints = { ...batchConstraints, 'Status[]': oneOf(...recordStatuses) };

export const listUserBatchResults = defineExtensionRead(
  'ListUserBatchResults',
  {
    method: 'GET',
    uri: '/user-batches/{InstanceId}/{UserBatchId}/results',
    summary:
      'What became of each record of a batch, in the order of the list, or for a search in that of ids. Given is what a list said where it is neither the id nor the login; CaseDiffers marks a login that was given in another case; Finding is as in PreviewUserDeletion.',
    input: structure({
      ...batchMembers,
      ...byStatus,
      MaxResults: query('maxResults', integer()),
      NextToken: query('nextToken', string()),
    }),
    output: structure({
      Results: required(
        list(
          nested(
            structure({
              UserId: string(),
              Username: string(),
              FirstName: string(),
              LastName: string(),
              Status: required(string<RecordStatus>()),
              ErrorCode: string(),
              Reason: string(),
              Retryable: boolean(),
              Time: timestamp(),
              ...countMembers,
              Given: string(),
              CaseDiffers: required(boolean()),
              Finding: string<Finding>(),
            }),
          ),
        ),
      ),
      NextToken: string(),
    }),
  },
  {
    permission: readers,
    constraints: { ...constraints, MaxResults: range(1, 1000) },
    handler: async (context, input) => {
      const batch = await batchOf(context, input.UserBatchId);
      const size = input.MaxResults ?? 100;
      const after = positionIn('user-batch-results', input.NextToken);
      const rows = await listRecords(context.db, batch.id, input.Status ?? [], after, size + 1);
      const page = pageOfRows(rows, size, 'user-batch-results', (row) => [row.position]);
      const results = (await shownRecords(context, batch, page.rows)).map((row) => ({
        UserId: row.userId ?? undefined,
        Username: row.username ?? undefined,
        FirstName: row.firstName ?? undefined,
        LastName: row.lastName ?? undefined,
        Status: row.status,
        ErrorCode: row.errorCode ?? undefined,
        Reason: row.reason ?? undefined,
        Retryable: row.retryable ?? undefined,
        Time: row.time ?? undefined,
        ...shownCounts(row.kindCounts),
        Given: row.given ?? undefined,
        CaseDiffers: row.caseDiffers,
        Finding: row.finding ?? undefined,
      }));
      return { Results: results, NextToken: page.nextToken };
    },
  },
);

export const downloadUserBatchResults = defineExtensionRead(
  'DownloadUserBatchResults',
  {
    method: 'GET',
    uri: '/user-batches/{InstanceId}/{UserBatchId}/results.csv',
    summary:
      'The same as a CSV file (RFC 4180, UTF-8 with a byte order mark): Login, First name, Last name, User ID, Status, Error code, Reason, Quick connects deleted, Time, Given as, Case differs (yes or empty), Finding. A cell that a spreadsheet would run as a formula begins with an apostrophe.',
    input: structure({ ...batchMembers, ...byStatus }),
    output: 'FILE',
  },
  {
    permission: readers,
    constraints,
    handler: async (context, input) => {
      const batch = await batchOf(context, input.UserBatchId);
      const statuses = input.Status ?? [];
      const pages = async (after: number, limit: number) =>
        shownRecords(context, batch, await listRecords(context.db as Db, batch.id, statuses, after, limit));
      const which = statuses.length > 0 ? `-${statuses.join('-').toLowerCase()}` : '';
      return csvAnswer(
        `user-batch-${batch.id}${which}`,
        context.now,
        resultsFile(pages, kindOf(batch.type)?.counts ?? {}),
      );
    },
  },
);
