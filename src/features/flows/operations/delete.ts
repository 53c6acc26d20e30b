import { inWords } from '../../../access/shown-names.ts';
import { deleted } from '../../../audit/change.ts';
import { takenOver } from '../../../operations/arn.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { accessDenied, invalidParameter, invalidRequest } from '../../../operations/errors.ts';
import { flowId } from '../constraints.ts';
import { snapshotOf } from '../snapshots.ts';
import { deleteContactFlow, lockedFlow, usesOfFlow } from '../store.ts';

/** How many of what runs a flow are named in the refusal. */
const mostNamed = 5;

/**
 * The model has no ResourceInUseException here. A quick connect without its flow would leave customers hanging, so a
 * flow that is in use is refused with the error that the model has.
 */
export const removeContactFlow = defineWrite('DeleteContactFlow', {
  permission: 'ContactFlows.Delete',
  constraints: flowId,
  handler: async ({ db, instance, access }, input) => {
    const { id, saved } = takenOver(input.ContactFlowId);
    if (saved) throw invalidParameter('A flow is deleted as a whole: leave out what stands behind its id.');
    const flow = await lockedFlow(db, instance, id, { whole: true });
    if (flow.isDefault) {
      throw accessDenied('The flow is one of the default flows of the instance and cannot be deleted.');
    }
    const uses = await usesOfFlow(db, instance.id, id, mostNamed);
    if (uses.length > 0) {
      const named = await inWords(db, instance, access, uses);
      throw invalidRequest(`The flow is in use by ${named}. Give them another one first.`);
    }
    await deleteContactFlow(db, id);
    return deleted('contact-flow', flow, snapshotOf(flow));
  },
});
