import { listChanges, updated } from '../../../audit/change.ts';
import { instanceId, items, pageOf } from '../../../operations/constraints.ts';
import { defineRead, defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, OperationError } from '../../../operations/errors.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { keepPresent } from '../../../operations/present.ts';
import { resources } from '../../../resources/resources.ts';
import { identifierOf } from '../answer.ts';
import { addParents, hoursIn, listChildren, lockedHours, parentsOf, removeParents, updateHours } from '../store.ts';
import { parentIdsIn } from './create.ts';

/** As many as one call takes (API Reference, ParentHoursOfOperationConfigs). */
const mostParents = 3;

/** Only the overrides of the parents themselves are taken over, not those that they take over in turn. */
const associateHours = defineWrite('AssociateHoursOfOperations', {
  permission: 'HoursOfOperation.Edit',
  constraints: { ...instanceId, ParentHoursOfOperationConfigs: items(0, 3) },
  handler: async ({ db, instance, now, region }, input) => {
    const parentIds = parentIdsIn(input.ParentHoursOfOperationConfigs);
    const hours = await lockedHours(db, instance, input.HoursOfOperationId);
    if (parentIds.includes(hours.id)) throw invalidRequest('Hours of operation cannot take over their own overrides.');
    await keepPresent(db, instance, 'operating-hours', parentIds);
    const added = await addParents(db, hours.id, parentIds);
    const changes = listChanges({ ParentHoursOfOperationIds: { come: added } });
    if (!changes) return updated('operating-hours', hours, null);
    const parents = (await parentsOf(db, [hours.id])).get(hours.id) ?? [];
    if (parents.length > mostParents) {
      throw new OperationError(
        'ServiceQuotaExceededException',
        `The hours of operation would take over the overrides of more than ${mostParents} others. Remove some of them first.`,
      );
    }
    await updateHours(db, hours.id, {}, { now, region });
    return updated('operating-hours', hours, changes);
  },
});

/** One that is no parent is none to remove, and harmless. */
const disassociateHours = defineWrite('DisassociateHoursOfOperations', {
  permission: 'HoursOfOperation.Edit',
  constraints: { ...instanceId, ParentHoursOfOperationIds: items(1, 3) },
  handler: async ({ db, instance, now, region }, input) => {
    const parentIds = input.ParentHoursOfOperationIds;
    const hours = await lockedHours(db, instance, input.HoursOfOperationId);
    await keepPresent(db, instance, 'operating-hours', parentIds);
    const removed = await removeParents(db, hours.id, parentIds);
    const changes = listChanges({ ParentHoursOfOperationIds: { gone: removed } });
    if (changes) await updateHours(db, hours.id, {}, { now, region });
    return updated('operating-hours', hours, changes);
  },
});

const listChildHours = defineRead('ListChildHoursOfOperations', {
  permission: resources['operating-hours'].sees,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const hours = await hoursIn(db, instance, input.HoursOfOperationId);
    const { items: children, nextToken } = await listChildren(db, hours.id, namePage('child-hours', input));
    return {
      ChildHoursOfOperationsSummaryList: children.map((child) => identifierOf(instance, child)),
      NextToken: nextToken,
      LastModifiedTime: hours.lastModifiedTime,
      LastModifiedRegion: hours.lastModifiedRegion,
    };
  },
});

export const parentHours = [associateHours, disassociateHours, listChildHours] as const;
