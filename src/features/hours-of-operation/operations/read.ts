import { instanceId, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { listSummaries, shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { resources } from '../../../resources/resources.ts';
import { shownHours } from '../answer.ts';
import { hoursIn, parentsOf } from '../store.ts';

export const listHours = defineRead('ListHoursOfOperations', {
  permission: resources['operating-hours'].seesNames,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('hours-of-operation', input);
    const { items, nextToken } = await listSummaries(db, 'operating-hours', { instanceId: instance.id, page });
    return {
      HoursOfOperationSummaryList: items.map((hours) => shownSummary(instance, 'operating-hours', hours)),
      NextToken: nextToken,
    };
  },
});

export const describeHours = defineRead('DescribeHoursOfOperation', {
  permission: resources['operating-hours'].sees,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const hours = await hoursIn(db, instance, input.HoursOfOperationId);
    const parents = await parentsOf(db, [hours.id]);
    return { HoursOfOperation: shownHours(instance, hours, parents.get(hours.id)) };
  },
});
