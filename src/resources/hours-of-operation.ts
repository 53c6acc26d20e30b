import { kind } from './kind.ts';
import { queue } from './queue.ts';

const sees = ['HoursOfOperation.View', 'HoursOfOperation.Edit'] as const;

export const hoursOfOperation = kind({
  words: ['hours of operation', 'hours of operation'],
  table: 'hours_of_operation',
  name: 'name',
  sees,
  seesNames: [...sees, ...queue.sees],
  tags: { view: sees, edit: 'HoursOfOperation.Edit', searchedAs: 'operating-hours' },
  quota: 100,
  members: ['HoursOfOperationId', 'ParentHoursOfOperationIds'],
  searchedBy: ['hoursOfOperationId'],
  foundBy: ['SearchHoursOfOperations'],
});

/** Has an id and no ARN: it stands in its hours. */
export const override = {
  words: ['override of hours of operation', 'overrides of hours of operation'],
  members: ['HoursOfOperationOverrideId'],
  foundBy: ['SearchHoursOfOperationOverrides'],
} as const;
