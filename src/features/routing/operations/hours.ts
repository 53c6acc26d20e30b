import { arnOf, idIn } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId, pageOf } from '../../../operations/constraints.ts';
import { defineRead, type Operation } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { seesHours, seesHoursNames } from '../rules.ts';
import { findHoursOfOperation, listHoursOfOperation } from '../store.ts';

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
    const id = idIn(input.HoursOfOperationId, 'operating-hours', instance);
    const row = await findHoursOfOperation(db, instance.id, id);
    if (!row) throw notFound('hours of operation', id);
    return {
      HoursOfOperation: {
        HoursOfOperationId: row.id,
        HoursOfOperationArn: arnOf(instance, 'operating-hours', row.id),
        Name: row.name,
        Description: row.description ?? undefined,
        TimeZone: row.time_zone,
        Config: row.config as Connect.HoursOfOperationConfig[],
        Tags: row.tags,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      },
    };
  },
});

export const hoursOperations: readonly Operation[] = [list, describe];
