import { deletionsOf } from '../../../audit/store.ts';
import { identityOf } from '../../../operations/caller.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { OperationError } from '../../../operations/errors.ts';
import { deleteUsers, whyGone } from '../deletion.ts';

/**
 * Faithful to Amazon Connect: an empty answer, not found the second time, and the quick connects to the user stay and
 * are orphans. That a signed-in user can delete neither themselves nor the last administrator is not documented there.
 */
export const deleteUser = defineWrite('DeleteUser', {
  permission: 'Users.Delete',
  constraints: { ...instanceId, UserId: length(1, 256) },
  handler: async ({ db, instance, caller, access }, input) => {
    const id = input.UserId;
    const { outcomes, userChanges } = await deleteUsers(db, instance, { ...identityOf(caller), access }, [id], {
      quickConnects: 'KEEP',
    });
    const outcome = outcomes.get(id);
    if (outcome?.kind === 'REFUSED') throw new OperationError(outcome.refusal.code, outcome.refusal.reason);
    if (outcome?.kind !== 'DELETED') {
      const deletion = (await deletionsOf(db, instance.id, [id])).get(id);
      throw new OperationError('ResourceNotFoundException', whyGone(`The user with the id ${id}`, deletion));
    }
    return { output: {}, changes: userChanges };
  },
});
