import { inWords } from '../../../access/shown-names.ts';
import { deleted } from '../../../audit/change.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest } from '../../../operations/errors.ts';
import { hoursSettings } from '../snapshots.ts';
import { deleteHours, listChildren, lockedHours, parentsOf, queuesWithHours } from '../store.ts';

/** How many of what uses the hours are named in the refusal. */
const mostNamed = 5;

/** The model of this operation has no ResourceInUseException. */
export const deleteHoursOfOperation = defineWrite('DeleteHoursOfOperation', {
  permission: 'HoursOfOperation.Delete',
  constraints: instanceId,
  handler: async ({ db, instance, access }, input) => {
    const hours = await lockedHours(db, instance, input.HoursOfOperationId, { whole: true });
    const queues = await queuesWithHours(db, hours.id, mostNamed);
    if (queues.length > 0) throw inUse(await inWords(db, instance, access, queues));
    const { items } = await listChildren(db, hours.id, { kind: '', after: null, size: mostNamed });
    if (items.length > 0) {
      const heirs = items.map(({ id }) => ({ type: 'operating-hours' as const, id }));
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
