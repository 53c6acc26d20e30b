import { randomUUID } from 'node:crypto';
import { inWords } from '../../../access/shown-names.ts';
import { deleted, updated } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { Checked, Connect } from '../../../operations/connect-types.ts';
import { instanceId, items, length, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter, invalidRequest } from '../../../operations/errors.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { withUniqueName } from '../../../operations/unique-name.ts';
import { addParents, deleteHours, listChildren, parentsOf, queuesWithHours, updateHours } from '../hours-store.ts';
import { checkTimeZone, checkWeek, weekConstraints } from '../opening-hours.ts';
import { lockedHours, requireHours } from '../references.ts';
import { createdHours, hoursSettings } from '../snapshots.ts';
import { insertHoursOfOperation } from '../store.ts';

/** Ids once each. @throws InvalidParameterException for one without an id */
export function parentIdsIn(configs: readonly Checked<Connect.ParentHoursOfOperationConfig>[] | undefined): string[] {
  const ids = (configs ?? []).map(({ HoursOfOperationId: id }) => {
    if (id === undefined) throw invalidParameter('Each of ParentHoursOfOperationConfigs needs a HoursOfOperationId.');
    return id;
  });
  return [...new Set(ids)];
}

const createHours = defineWrite('CreateHoursOfOperation', {
  permission: 'HoursOfOperation.Create',
  constraints: {
    ...instanceId,
    ...newTags,
    ...weekConstraints,
    Name: length(1, 127),
    Description: length(1, 250),
    ParentHoursOfOperationConfigs: items(0, 3),
  },
  handler: async ({ db, instance, now, region }, input) => {
    checkTimeZone(input.TimeZone);
    checkWeek(input.Config);
    const parentIds = parentIdsIn(input.ParentHoursOfOperationConfigs);
    await requireRoom(db, instance.id, 'hours_of_operation');
    await requireHours(db, instance, parentIds);
    const id = randomUUID();
    const made = {
      id,
      instanceId: instance.id,
      name: input.Name,
      description: input.Description ?? null,
      timeZone: input.TimeZone,
      config: input.Config,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await withUniqueName(
      { constraint: 'hours_of_operation_name_key', kind: 'set of hours of operation', name: input.Name },
      insertHoursOfOperation(db, [made]),
    );
    await addParents(db, id, parentIds);
    return {
      output: { HoursOfOperationId: id, HoursOfOperationArn: arnOf(instance, 'operating-hours', id) },
      changes: [createdHours(made, parentIds)],
    };
  },
});

/** A member that is absent stays as it is; an empty Description empties it. */
const updateHoursOfOperation = defineWrite('UpdateHoursOfOperation', {
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
      const changes = { name: Name, description, time_zone: TimeZone, config: Config };
      await updateHours(db, hours.id, changes, { now, region });
    }
    return updated('operating-hours', { id: hours.id, name: Name ?? hours.name }, details);
  },
});

/** How many of what uses the hours are named in the refusal. */
const mostNamed = 5;

/** The model of this operation has no ResourceInUseException. */
const deleteHoursOfOperation = defineWrite('DeleteHoursOfOperation', {
  permission: 'HoursOfOperation.Delete',
  constraints: instanceId,
  handler: async ({ db, instance, access }, input) => {
    const hours = await lockedHours(db, instance, input.HoursOfOperationId, { whole: true });
    const queues = await queuesWithHours(db, hours.id, mostNamed);
    if (queues.length > 0) throw inUse(await inWords(db, instance, access, queues));
    const children = await listChildren(db, hours.id, { kind: '', after: null, size: mostNamed - 1 });
    if (children.length > 0) {
      const heirs = children.map(({ id }) => ({ type: 'operating-hours' as const, id }));
      throw inUse(`${await inWords(db, instance, access, heirs)}, which take over their overrides`);
    }
    const parents = (await parentsOf(db, [hours.id])).get(hours.id) ?? [];
    await deleteHours(db, hours.id);
    return deleted('operating-hours', hours, {
      ...hoursSettings(hours),
      ParentHoursOfOperationIds: parents.map(({ id }) => id),
      Tags: hours.tags,
    });
  },
});

function inUse(by: string) {
  return invalidRequest(`The hours of operation are in use by ${by}. Give them others first.`);
}

export const hoursChanges = [createHours, updateHoursOfOperation, deleteHoursOfOperation] as const;
