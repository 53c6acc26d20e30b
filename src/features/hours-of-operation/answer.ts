import { arnOf } from '../../operations/arn.ts';
import type { Connect } from '../../operations/connect-types.ts';
import type { Instance } from '../../operations/instance.ts';
import type { HoursOfOperation, NamedHours, Override } from './types.ts';

/** Hours of operation as DescribeHoursOfOperation and SearchHoursOfOperations answer them. */
export function shownHours(
  instance: Instance,
  hours: HoursOfOperation,
  parents: readonly NamedHours[] = [],
): Connect.HoursOfOperation {
  return {
    HoursOfOperationId: hours.id,
    HoursOfOperationArn: arnOf(instance, 'operating-hours', hours.id),
    Name: hours.name,
    Description: hours.description ?? undefined,
    TimeZone: hours.timeZone,
    Config: [...hours.config],
    ParentHoursOfOperations: parents.map((parent) => identifierOf(instance, parent)),
    Tags: hours.tags,
    LastModifiedTime: hours.lastModifiedTime,
    LastModifiedRegion: hours.lastModifiedRegion,
  };
}

export function identifierOf(instance: Instance, { id, name }: NamedHours) {
  return { Id: id, Arn: arnOf(instance, 'operating-hours', id), Name: name };
}

export function shownOverride(instance: Instance, override: Override): Connect.HoursOfOperationOverride {
  return {
    HoursOfOperationOverrideId: override.id,
    HoursOfOperationId: override.hoursId,
    HoursOfOperationArn: arnOf(instance, 'operating-hours', override.hoursId),
    Name: override.name,
    Description: override.description ?? undefined,
    Config: [...override.config],
    EffectiveFrom: override.effectiveFrom,
    EffectiveTill: override.effectiveTill,
    RecurrenceConfig: override.recurrence ?? undefined,
    OverrideType: override.type,
  };
}
