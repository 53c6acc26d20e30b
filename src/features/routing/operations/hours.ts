import { seesHours, seesHoursNames } from '../../../access/sees.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { parentsOf } from '../hours-store.ts';
import { findHoursOfOperation, listHoursOfOperation } from '../store.ts';
import { hoursChanges } from './change-hours.ts';
import { effectiveHours } from './effective-hours.ts';
import { hoursOf } from './hours-answer.ts';
import { overrides } from './overrides.ts';
import { parentHours } from './parent-hours.ts';
import { searchHours, searchOverrides } from './search-hours.ts';

const list = defineRead('ListHoursOfOperations', {
  permission: seesHoursNames,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('hours-of-operation', input);
    const { rows, nextToken } = cutByName(page, await listHoursOfOperation(db, instance.id, page));
    return {
      HoursOfOperationSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'operating-hours', row.id),
        Name: row.name,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      })),
      NextToken: nextToken,
    };
  },
});

const describe = defineRead('DescribeHoursOfOperation', {
  permission: seesHours,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.HoursOfOperationId;
    const row = await findHoursOfOperation(db, instance.id, id);
    if (!row) throw notFound('hours of operation', id);
    const parents = await parentsOf(db, [id]);
    return { HoursOfOperation: hoursOf(instance, row, parents.get(id)) };
  },
});

export const hoursOperations = [
  ...hoursChanges,
  describe,
  list,
  searchHours,
  ...overrides,
  searchOverrides,
  effectiveHours,
  ...parentHours,
] as const;
