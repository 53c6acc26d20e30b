import { seesHours } from '../../../access/sees.ts';
import { listChanges, updated } from '../../../audit/change.ts';
import { instanceId, items, pageOf } from '../../../operations/constraints.ts';
import { defineRead, defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, notFound, OperationError } from '../../../operations/errors.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { addParents, listChildren, parentsOf, removeParents, updateHours } from '../hours-store.ts';
import { lockedHours, requireHours } from '../references.ts';
import { findHoursOfOperation } from '../store.ts';
import { parentIdsIn } from './change-hours.ts';
import { identifierOf } from './hours-answer.ts';

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
    await requireHours(db, instance, parentIds);
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
    await requireHours(db, instance, parentIds);
    const removed = await removeParents(db, hours.id, parentIds);
    const changes = listChanges({ ParentHoursOfOperationIds: { gone: removed } });
    if (changes) await updateHours(db, hours.id, {}, { now, region });
    return updated('operating-hours', hours, changes);
  },
});

const listChildHours = defineRead('ListChildHoursOfOperations', {
  permission: seesHours,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const id = input.HoursOfOperationId;
    const hours = await findHoursOfOperation(db, instance.id, id);
    if (!hours) throw notFound('hours of operation', id);
    const page = namePage('child-hours', input);
    const { rows, nextToken } = cutByName(page, await listChildren(db, id, page));
    return {
      ChildHoursOfOperationsSummaryList: rows.map((row) => identifierOf(instance, row)),
      NextToken: nextToken,
      LastModifiedTime: hours.last_modified_time,
      LastModifiedRegion: hours.last_modified_region,
    };
  },
});

export const parentHours = [associateHours, disassociateHours, listChildHours] as const;
