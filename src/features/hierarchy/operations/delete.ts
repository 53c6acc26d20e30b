import { deleted } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { notFound, resourceInUse } from '../../../operations/errors.ts';
import { groupSnapshot } from '../rules.ts';
import { contentsOfGroup, deleteHierarchyGroup, lockGroup } from '../store.ts';

/** Connect has no permission to delete groups: whoever edits the hierarchy may (inferred from the list of permissions). */
export const deleteGroup = defineWrite('DeleteUserHierarchyGroup', {
  permission: 'AgentGrouping.Edit',
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.HierarchyGroupId;
    const group = await lockGroup(db, instance.id, id, 'update');
    if (!group) throw notFound('agent-group', id);
    const { hasUsers, hasGroups } = await contentsOfGroup(db, id);
    if (hasUsers || hasGroups) {
      const what = hasUsers ? 'users' : 'groups below it';
      throw resourceInUse(
        `The hierarchy group has ${what} and cannot be deleted. Move or delete them first.`,
        'HIERARCHY_GROUP',
        arnOf(instance, 'agent-group', id),
      );
    }
    await deleteHierarchyGroup(db, id);
    return deleted('agent-group', group, groupSnapshot(group));
  },
});
