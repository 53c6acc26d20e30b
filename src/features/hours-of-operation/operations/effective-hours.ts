import { instanceId } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { resources } from '../../../resources/resources.ts';
import { effectiveDays } from '../effective-hours.ts';
import { checkDays, dayText, timeOfDay } from '../opening-hours.ts';
import { overridesOf } from '../override-store.ts';
import { hoursIn, parentsOf } from '../store.ts';

/** Days that one request may ask for; Connect's own limit is not documented. */
const mostDays = 366;

export const effectiveHours = defineRead('GetEffectiveHoursOfOperations', {
  permission: resources['operating-hours'].sees,
  approximate: 'How several overrides of one day combine is not documented; at most 366 days are answered.',
  constraints: { ...instanceId, FromDate: dayText, ToDate: dayText },
  handler: async ({ db, instance }, input) => {
    const { FromDate, ToDate } = input;
    checkDays(['FromDate', 'ToDate'], FromDate, ToDate);
    if (timeOfDay(ToDate) - timeOfDay(FromDate) >= mostDays * 24 * 60 * 60 * 1000) {
      throw invalidParameter(`FromDate to ToDate must be at most ${mostDays} days.`);
    }
    const id = input.HoursOfOperationId;
    const hours = await hoursIn(db, instance, id);
    const parents = (await parentsOf(db, [id])).get(id) ?? [];
    const found = await overridesOf(db, [id, ...parents.map((parent) => parent.id)]);
    const overrides = found.map((override) => ({ ...override, inherited: override.hoursId !== id }));
    const days = effectiveDays(hours.config, overrides, FromDate, ToDate);
    return {
      EffectiveHoursOfOperationList: days.map(({ day, open }) => ({
        Date: day,
        OperationalHours: open.map((span) => ({ Start: slice(span.from), End: slice(span.to) })),
      })),
      EffectiveOverrideHoursList: days
        .filter((day) => day.overrides.length > 0)
        .map(({ day, overrides: parts }) => ({
          Date: day,
          OverrideHours: parts.map(({ name, open, span }) => ({
            Start: slice(span.from),
            End: slice(span.to),
            OverrideName: name,
            OperationalStatus: open ? ('OPEN' as const) : ('CLOSED' as const),
          })),
        })),
      TimeZone: hours.timeZone,
    };
  },
});

/** The end of a day is 0:00, as in the hours themselves. */
const slice = (minute: number) => ({ Hours: Math.floor(minute / 60) % 24, Minutes: minute % 60 });
