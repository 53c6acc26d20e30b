import { deleted } from '../../../audit/change.ts';
import { takenOver } from '../../../operations/arn.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { moduleId } from '../constraints.ts';
import { snapshotOf } from '../snapshots.ts';
import { deleteModule, lockedModule } from '../store.ts';

/** What invokes a module is written in the content of flows, which Connect does not look through here either. */
export const removeModule = defineWrite('DeleteContactFlowModule', {
  permission: 'ContactFlowModules.Delete',
  constraints: moduleId,
  handler: async ({ db, instance }, input) => {
    const { id, saved } = takenOver(input.ContactFlowModuleId);
    if (saved) throw invalidParameter('A module is deleted as a whole: leave out what stands behind its id.');
    const module = await lockedModule(db, instance, id);
    await deleteModule(db, id);
    return deleted('flow-module', module, snapshotOf(module));
  },
});
