import { randomUUID } from 'node:crypto';
import { arnOf } from '../../../operations/arn.ts';
import type { Checked, Connect } from '../../../operations/connect-types.ts';
import { instanceId, items, length, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { keepPresent } from '../../../operations/present.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { checkTimeZone } from '../../../operations/time-zone.ts';
import { withUniqueName } from '../../../operations/unique-name.ts';
import { checkWeek, weekConstraints } from '../opening-hours.ts';
import { createdHours } from '../snapshots.ts';
import { addParents, insertHoursOfOperation } from '../store.ts';

/** Ids once each. @throws InvalidParameterException for one without an id */
export function parentIdsIn(configs: readonly Checked<Connect.ParentHoursOfOperationConfig>[] | undefined): string[] {
  const ids = (configs ?? []).map(({ HoursOfOperationId: id }) => {
    if (id === undefined) throw invalidParameter('Each of ParentHoursOfOperationConfigs needs a HoursOfOperationId.');
    return id;
  });
  return [...new Set(ids)];
}

export const createHours = defineWrite('CreateHoursOfOperation', {
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
    await requireRoom(db, instance.id, 'operating-hours');
    await keepPresent(db, instance, 'operating-hours', parentIds);
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
