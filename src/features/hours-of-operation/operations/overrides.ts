import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { listChanges, updated } from '../../../audit/change.ts';
import type { Db, Tx } from '../../../database/db.ts';
import type { Checked, Connect } from '../../../operations/connect-types.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead, defineWrite } from '../../../operations/define-operation.ts';
import { OperationError } from '../../../operations/errors.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { resources } from '../../../resources/resources.ts';
import { shownOverride } from '../answer.ts';
import { checkDays, checkRecurrence, checkWeek, overrideConstraints } from '../opening-hours.ts';
import {
  countOverrides,
  deleteOverride,
  findOverride,
  insertOverride,
  listOverrides,
  updateOverride,
} from '../override-store.ts';
import { overrideSnapshot } from '../snapshots.ts';
import { hoursIn, lockedHours, updateHours } from '../store.ts';
import type { OverrideSettings } from '../types.ts';

const permission = 'HoursOfOperation.Edit';
const overrideId = { HoursOfOperationOverrideId: length(1, 36) };

/** Admin guide, "Set the hours of operation": not adjustable. */
const mostOverrides = 50;

interface Given {
  readonly Config: readonly Checked<Connect.HoursOfOperationOverrideConfig>[];
  readonly EffectiveFrom: string;
  readonly EffectiveTill: string;
  readonly RecurrenceConfig?: Checked<Connect.RecurrenceConfig> | undefined;
}

function check(given: Given): void {
  checkWeek(given.Config);
  checkDays(['EffectiveFrom', 'EffectiveTill'], given.EffectiveFrom, given.EffectiveTill);
  checkRecurrence(given.RecurrenceConfig);
}

/** Overrides belong to their hours: what changed of them is a change of these. */
const noting = (
  hours: { readonly id: string; readonly name: string },
  HoursOfOperationOverrideList: { readonly gone?: readonly unknown[]; readonly come?: readonly unknown[] },
) => updated('operating-hours', hours, listChanges({ HoursOfOperationOverrideList }));

const createOverride = defineWrite('CreateHoursOfOperationOverride', {
  permission,
  constraints: { ...instanceId, ...overrideConstraints },
  handler: async ({ db, instance, now, region }, input) => {
    check(input);
    const hours = await lockedHours(db, instance, input.HoursOfOperationId);
    if ((await countOverrides(db, hours.id)) >= mostOverrides) {
      throw new OperationError(
        'LimitExceededException',
        `"${hours.name}" has ${mostOverrides} overrides, which is the limit. Delete some that are no longer needed.`,
      );
    }
    const id = randomUUID();
    const made: OverrideSettings = {
      name: input.Name,
      description: input.Description ?? null,
      type: input.OverrideType ?? 'STANDARD',
      effectiveFrom: input.EffectiveFrom,
      effectiveTill: input.EffectiveTill,
      config: input.Config,
      recurrence: input.RecurrenceConfig ?? null,
    };
    await insertOverride(db, hours.id, id, made);
    await updateHours(db, hours.id, {}, { now, region });
    return { ...noting(hours, { come: [overrideSnapshot(id, made)] }), output: { HoursOfOperationOverrideId: id } };
  },
});

const describeOverride = defineRead('DescribeHoursOfOperationOverride', {
  permission: resources['operating-hours'].sees,
  constraints: { ...instanceId, ...overrideId },
  handler: async ({ db, instance }, input) => {
    const hours = await hoursIn(db, instance, input.HoursOfOperationId);
    const override = await overrideIn(db, hours.id, input.HoursOfOperationOverrideId);
    return { HoursOfOperationOverride: shownOverride(instance, override) };
  },
});

/** @throws ResourceNotFoundException */
async function overrideIn(db: Db | Tx, hoursId: string, id: string) {
  const override = await findOverride(db, hoursId, id);
  if (override) return override;
  throw new OperationError(
    'ResourceNotFoundException',
    `There is no override with the id ${id} in these hours of operation.`,
  );
}

/** A member that is absent stays as it is. */
const updateOverrideOperation = defineWrite('UpdateHoursOfOperationOverride', {
  permission,
  constraints: { ...instanceId, ...overrideId, ...overrideConstraints },
  handler: async ({ db, instance, now, region }, input) => {
    const hours = await lockedHours(db, instance, input.HoursOfOperationId);
    const before = await overrideIn(db, hours.id, input.HoursOfOperationOverrideId);
    const after = {
      Name: input.Name ?? before.name,
      Description: input.Description ?? before.description,
      OverrideType: input.OverrideType ?? before.type,
      EffectiveFrom: input.EffectiveFrom ?? before.effectiveFrom,
      EffectiveTill: input.EffectiveTill ?? before.effectiveTill,
      Config: input.Config ?? before.config,
      RecurrenceConfig: input.RecurrenceConfig ?? before.recurrence,
    };
    check({ ...after, RecurrenceConfig: after.RecurrenceConfig ?? undefined });
    const settings: OverrideSettings = {
      name: after.Name,
      description: after.Description,
      type: after.OverrideType,
      effectiveFrom: after.EffectiveFrom,
      effectiveTill: after.EffectiveTill,
      config: after.Config,
      recurrence: after.RecurrenceConfig,
    };
    const [gone, come] = [before, settings].map((one) => overrideSnapshot(before.id, one));
    if (isDeepStrictEqual(gone, come)) return updated('operating-hours', hours, null);
    await updateOverride(db, before.id, settings);
    await updateHours(db, hours.id, {}, { now, region });
    return noting(hours, { gone: [gone], come: [come] });
  },
});

const deleteOverrideOperation = defineWrite('DeleteHoursOfOperationOverride', {
  permission,
  constraints: { ...instanceId, ...overrideId },
  handler: async ({ db, instance, now, region }, input) => {
    const hours = await lockedHours(db, instance, input.HoursOfOperationId);
    const override = await overrideIn(db, hours.id, input.HoursOfOperationOverrideId);
    await deleteOverride(db, override.id);
    await updateHours(db, hours.id, {}, { now, region });
    return noting(hours, { gone: [overrideSnapshot(override.id, override)] });
  },
});

const list = defineRead('ListHoursOfOperationOverrides', {
  permission: resources['operating-hours'].sees,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const hours = await hoursIn(db, instance, input.HoursOfOperationId);
    const { items: found, nextToken } = await listOverrides(db, hours.id, namePage('overrides', input));
    return {
      HoursOfOperationOverrideList: found.map((override) => shownOverride(instance, override)),
      NextToken: nextToken,
      LastModifiedTime: hours.lastModifiedTime,
      LastModifiedRegion: hours.lastModifiedRegion,
    };
  },
});

export const overrides = [
  createOverride,
  describeOverride,
  list,
  updateOverrideOperation,
  deleteOverrideOperation,
] as const;
