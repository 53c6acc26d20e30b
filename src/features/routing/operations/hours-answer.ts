import type { Selectable } from 'kysely';
import type { HoursOfOperationTable } from '../../../database/tables.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import type { Instance } from '../../../operations/instance.ts';
import type { OverrideRow } from '../override-store.ts';

/** Hours of operation as DescribeHoursOfOperation and SearchHoursOfOperations answer them. */
export function hoursOf(
  instance: Instance,
  row: Selectable<HoursOfOperationTable>,
  parents: readonly { readonly id: string; readonly name: string }[] = [],
): Connect.HoursOfOperation {
  return {
    HoursOfOperationId: row.id,
    HoursOfOperationArn: arnOf(instance, 'operating-hours', row.id),
    Name: row.name,
    Description: row.description ?? undefined,
    TimeZone: row.time_zone,
    Config: row.config as Connect.HoursOfOperationConfig[],
    ParentHoursOfOperations: parents.map((parent) => identifierOf(instance, parent)),
    Tags: row.tags,
    LastModifiedTime: row.last_modified_time,
    LastModifiedRegion: row.last_modified_region,
  };
}

export function identifierOf(instance: Instance, { id, name }: { readonly id: string; readonly name: string }) {
  return { Id: id, Arn: arnOf(instance, 'operating-hours', id), Name: name };
}

export function overrideOf(instance: Instance, row: OverrideRow): Connect.HoursOfOperationOverride {
  return {
    HoursOfOperationOverrideId: row.id,
    HoursOfOperationId: row.hours_of_operation_id,
    HoursOfOperationArn: arnOf(instance, 'operating-hours', row.hours_of_operation_id),
    Name: row.name,
    Description: row.description ?? undefined,
    Config: row.config as Connect.HoursOfOperationOverrideConfig[],
    EffectiveFrom: row.effective_from,
    EffectiveTill: row.effective_till,
    RecurrenceConfig: (row.recurrence_config ?? undefined) as Connect.RecurrenceConfig | undefined,
    OverrideType: row.type,
  };
}
