import { deleted } from '../../../audit/change.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { deletionMs, snapshotOf } from '../rules.ts';
import { setDeletionTime } from '../store.ts';

/**
 * As in Connect the instance is there for a moment longer, then it is gone; the worker removes its rows after that.
 * Asking again in between is no error. What was done in the instance stays in the audit.
 */
export const deleteInstance = defineWrite('DeleteInstance', {
  permission: 'ACCESS_KEY_ONLY',
  constraints: { ...instanceId, ClientToken: length(0, 500) },
  duringCreation: true,
  handler: async ({ db, instance, now }) => {
    if (!(await setDeletionTime(db, instance.id, new Date(now.getTime() + deletionMs)))) {
      return { output: {}, changes: [] };
    }
    return deleted('instance', { id: instance.id, name: instance.alias ?? instance.id }, snapshotOf(instance));
  },
});
