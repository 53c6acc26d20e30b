import { updated } from '../../../audit/change.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { checkTimeZone } from '../../../operations/time-zone.ts';
import { checkWeek, weekConstraints } from '../opening-hours.ts';
import { hoursSettings } from '../snapshots.ts';
import { lockedHours, updateHours } from '../store.ts';

/** A member that is absent stays as it is; an empty Description empties it. */
export const updateHoursOfOperation = defineWrite('UpdateHoursOfOperation', {
  permission: 'HoursOfOperation.Edit',
  constraints: { ...instanceId, ...weekConstraints, Name: length(1, 127), Description: length(0, 250) },
  handler: async ({ db, instance, now, region }, input) => {
    const { Name, Description, TimeZone, Config } = input;
    if ([Name, Description, TimeZone, Config].every((member) => member === undefined)) {
      throw invalidParameter('Give what is to change: Name, Description, TimeZone or Config.');
    }
    if (TimeZone !== undefined) checkTimeZone(TimeZone);
    if (Config !== undefined) checkWeek(Config);
    const hours = await lockedHours(db, instance, input.HoursOfOperationId);
    const description = Description === undefined ? undefined : Description || null;
    const details = differences<Readonly<Record<string, unknown>>>(
      { Name: hours.name, ...hoursSettings(hours) },
      { Name, Description: description, TimeZone, Config },
    );
    if (details) {
      const changes = { name: Name, description, timeZone: TimeZone, config: Config };
      await updateHours(db, hours.id, changes, { now, region });
    }
    return updated('operating-hours', { id: hours.id, name: Name ?? hours.name }, details);
  },
});
