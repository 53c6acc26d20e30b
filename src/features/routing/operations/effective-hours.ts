import { seesHours } from '../../../access/sees.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter, notFound } from '../../../operations/errors.ts';
import { effectiveDays, type Override } from '../effective-hours.ts';
import { parentsOf } from '../hours-store.ts';
import { checkDays, dayText, timeOfDay } from '../opening-hours.ts';
import { type OverrideRow, overridesOf } from '../override-store.ts';
import { findHoursOfOperation } from '../store.ts';

/** Days that one request may ask for; Connect's own limit is not documented. */
const mostDays = 366;

export const effectiveHours = defineRead('GetEffectiveHoursOfOperations', {
  permission: seesHours,
  approximate: 'How several overrides of one day combine is not documented; at most 366 days are answered.',
  constraints: { ...instanceId, FromDate: dayText, ToDate: dayText },
  handler: async ({ db, instance }, input) => {
    const { FromDate, ToDate } = input;
    checkDays(['FromDate', 'ToDate'], FromDate, ToDate);
    if (timeOfDay(ToDate) - timeOfDay(FromDate) >= mostDays * 24 * 60 * 60 * 1000) {
      throw invalidParameter(`FromDate to ToDate must be at most ${mostDays} days.`);
    }
    const id = input.HoursOfOperationId;
    const hours = await findHoursOfOperation(db, instance.id, id);
    if (!hours) throw notFound('hours of operation', id);
    const parents = (await parentsOf(db, [id])).get(id) ?? [];
    const rows = await overridesOf(db, [id, ...parents.map((parent) => parent.id)]);
    const week = hours.config as Connect.HoursOfOperationConfig[];
    const overrides = rows.map((row) => fromRow(row, id));
    const days = effectiveDays(week, overrides, FromDate, ToDate);
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
      TimeZone: hours.time_zone,
    };
  },
});

const fromRow = (row: OverrideRow, ownId: string): Override => ({
  name: row.name,
  type: row.type,
  effectiveFrom: row.effective_from,
  effectiveTill: row.effective_till,
  config: row.config as Connect.HoursOfOperationOverrideConfig[],
  recurrence: row.recurrence_config as Connect.RecurrenceConfig | null,
  inherited: row.hours_of_operation_id !== ownId,
});

/** The end of a day is 0:00, as in the hours themselves. */
const slice = (minute: number) => ({ Hours: Math.floor(minute / 60) % 24, Minutes: minute % 60 });
