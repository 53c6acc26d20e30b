import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { seesHours } from '../../../access/sees.ts';
import { listChanges, updated } from '../../../audit/change.ts';
import type { Db, Tx } from '../../../database/db.ts';
import type { Checked, Connect } from '../../../operations/connect-types.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead, defineWrite } from '../../../operations/define-operation.ts';
import { notFound, OperationError } from '../../../operations/errors.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { updateHours } from '../hours-store.ts';
import { checkDays, checkRecurrence, checkWeek, overrideConstraints } from '../opening-hours.ts';
import {
  countOverrides,
  deleteOverride,
  findOverride,
  insertOverride,
  listOverrides,
  type OverrideSettings,
  updateOverride,
} from '../override-store.ts';
import { lockedHours } from '../references.ts';
import { overrideSnapshot, settingsOf } from '../snapshots.ts';
import { findHoursOfOperation } from '../store.ts';
import { overrideOf } from './hours-answer.ts';

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
  permission: seesHours,
  constraints: { ...instanceId, ...overrideId },
  handler: async ({ db, instance }, input) => {
    const hoursId = input.HoursOfOperationId;
    if (!(await findHoursOfOperation(db, instance.id, hoursId))) throw notFound('hours of operation', hoursId);
    const row = await overrideIn(db, hoursId, input.HoursOfOperationOverrideId);
    return { HoursOfOperationOverride: overrideOf(instance, row) };
  },
});

/** @throws ResourceNotFoundException */
async function overrideIn(db: Db | Tx, hoursId: string, id: string) {
  const row = await findOverride(db, hoursId, id);
  if (row) return row;
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
      EffectiveFrom: input.EffectiveFrom ?? before.effective_from,
      EffectiveTill: input.EffectiveTill ?? before.effective_till,
      Config: input.Config ?? (before.config as Given['Config']),
      RecurrenceConfig:
        input.RecurrenceConfig ?? (before.recurrence_config as NonNullable<Given['RecurrenceConfig']> | null),
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
    const [gone, come] = [settingsOf(before), settings].map((one) => overrideSnapshot(before.id, one));
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
    return noting(hours, { gone: [overrideSnapshot(override.id, settingsOf(override))] });
  },
});

const list = defineRead('ListHoursOfOperationOverrides', {
  permission: seesHours,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const id = input.HoursOfOperationId;
    const hours = await findHoursOfOperation(db, instance.id, id);
    if (!hours) throw notFound('hours of operation', id);
    const page = namePage('overrides', input);
    const { rows, nextToken } = cutByName(page, await listOverrides(db, id, page));
    return {
      HoursOfOperationOverrideList: rows.map((row) => overrideOf(instance, row)),
      NextToken: nextToken,
      LastModifiedTime: hours.last_modified_time,
      LastModifiedRegion: hours.last_modified_region,
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
