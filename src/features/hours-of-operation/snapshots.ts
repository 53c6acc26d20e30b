import { type Change, creationOf } from '../../audit/change.ts';
import type { HoursSettings, NewHoursOfOperation, OverrideSettings } from './types.ts';

/* What the audit notes, by Connect's names. */

export const hoursSettings = (hours: HoursSettings) => ({
  Description: hours.description,
  TimeZone: hours.timeZone,
  Config: hours.config,
});

export const overrideSnapshot = (id: string, override: OverrideSettings) => ({
  HoursOfOperationOverrideId: id,
  Name: override.name,
  ...(override.description !== null && { Description: override.description }),
  OverrideType: override.type,
  EffectiveFrom: override.effectiveFrom,
  EffectiveTill: override.effectiveTill,
  Config: override.config,
  ...(override.recurrence ? { RecurrenceConfig: override.recurrence } : {}),
});

export const createdHours = (made: NewHoursOfOperation, parentIds: readonly string[] = []): Change =>
  creationOf('operating-hours', made, {
    Description: made.description,
    TimeZone: made.timeZone,
    Config: made.config,
    ParentHoursOfOperationIds: parentIds,
    Tags: made.tags,
  });
