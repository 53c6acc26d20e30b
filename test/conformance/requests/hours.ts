import { tags, type World } from '../world.ts';
import { criteriaOf, list, nameContains, only, type RequestTable, search, tagFilters } from './request-table.ts';

const time = (Hours: number) => ({ Hours, Minutes: 30 });
const Config = [{ Day: 'TUESDAY', StartTime: time(8), EndTime: time(17) }];
const hours = (world: World) => ({ HoursOfOperationId: world.hours });
const fresh = async (world: World) => ({ HoursOfOperationId: await world.makeHours() });
const parents = (world: World) => ({ ParentHoursOfOperationConfigs: [hours(world)] });
const override = (world: World) => ({ ...hours(world), HoursOfOperationOverrideId: world.override });
const freshOverride = async (world: World) => {
  const HoursOfOperationId = await world.makeHours();
  return { HoursOfOperationId, HoursOfOperationOverrideId: await world.makeOverride(HoursOfOperationId) };
};
const wholeOverride = (world: World) => ({
  Name: world.fresh('Override'),
  Description: 'Every first Monday of January and July',
  Config,
  EffectiveFrom: '2031-01-06',
  EffectiveTill: '2035-01-06',
  RecurrenceConfig: {
    RecurrencePattern: { Frequency: 'YEARLY', Interval: 1, ByMonth: [1], ByWeekdayOccurrence: [1] },
  },
  OverrideType: 'STANDARD',
});
/** Another recurrence: by the days of a month. */
const monthly = {
  RecurrenceConfig: { RecurrencePattern: { Frequency: 'MONTHLY', Interval: 1, ByMonthDay: [1] } },
};

export const hoursRequests: RequestTable = {
  CreateHoursOfOperation: {
    full: (world) => ({
      Name: world.fresh('Created hours'),
      Description: 'While the shop is open',
      TimeZone: 'Europe/Zurich',
      Config,
      ...parents(world),
      Tags: tags,
    }),
    minimal: (world) => ({ Name: world.fresh('Created hours'), TimeZone: 'UTC', Config: [] }),
  },
  UpdateHoursOfOperation: {
    full: async (world) => ({
      ...(await fresh(world)),
      Name: world.fresh('Renamed'),
      Description: '',
      TimeZone: 'UTC',
      Config,
    }),
    minimal: async (world) => ({ ...(await fresh(world)), TimeZone: 'UTC' }),
  },
  DeleteHoursOfOperation: only(fresh),
  DescribeHoursOfOperation: only(hours),
  ListHoursOfOperations: list('ListHoursOfOperations'),
  SearchHoursOfOperations: search(
    'SearchHoursOfOperations',
    criteriaOf(nameContains('Hours')),
    tagFilters.map((TagFilter) => ({ TagFilter })),
  ),
  CreateHoursOfOperationOverride: {
    full: async (world) => ({ ...(await fresh(world)), ...wholeOverride(world) }),
    minimal: async (world) => ({
      ...(await fresh(world)),
      Name: world.fresh('Override'),
      Config: [],
      EffectiveFrom: '2031-01-06',
      EffectiveTill: '2031-01-06',
    }),
    others: [async (world) => ({ ...(await fresh(world)), ...wholeOverride(world), ...monthly })],
  },
  DescribeHoursOfOperationOverride: only(override),
  ListHoursOfOperationOverrides: list('ListHoursOfOperationOverrides', hours),
  UpdateHoursOfOperationOverride: {
    full: async (world) => ({ ...(await freshOverride(world)), ...wholeOverride(world) }),
    minimal: async (world) => ({ ...(await freshOverride(world)), Name: world.fresh('Override') }),
    others: [async (world) => ({ ...(await freshOverride(world)), ...monthly })],
  },
  DeleteHoursOfOperationOverride: only(freshOverride),
  SearchHoursOfOperationOverrides: search(
    'SearchHoursOfOperationOverrides',
    criteriaOf({
      ...nameContains('Override'),
      DateCondition: { FieldName: 'EffectiveFrom', Value: '2031-01-01', ComparisonType: 'GREATER_THAN' },
    }),
    tagFilters.map((TagFilter) => ({ TagFilter })),
  ),
  GetEffectiveHoursOfOperations: only((world) => ({
    ...hours(world),
    FromDate: '2031-01-01',
    ToDate: '2031-01-14',
  })),
  AssociateHoursOfOperations: only(async (world) => ({ ...(await fresh(world)), ...parents(world) })),
  DisassociateHoursOfOperations: only(async (world) => ({
    HoursOfOperationId: await world.makeHours(parents(world)),
    ParentHoursOfOperationIds: [world.hours],
  })),
  ListChildHoursOfOperations: list('ListChildHoursOfOperations', hours),
};
