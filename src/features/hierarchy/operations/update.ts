import { updated } from '../../../audit/change.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { name } from '../constraints.ts';
import { lockGroup, renameHierarchyGroup } from '../store.ts';

export const renameGroup = defineWrite('UpdateUserHierarchyGroupName', {
  permission: 'AgentGrouping.Edit',
  constraints: { ...instanceId, ...name },
  handler: async ({ db, instance, now, region }, input) => {
    const id = input.HierarchyGroupId;
    const group = await lockGroup(db, instance.id, id, 'no key update');
    if (!group) throw notFound('agent-group', id);
    if (group.name === input.Name) return updated('agent-group', group, null);
    await renameHierarchyGroup(db, id, input.Name, { now, region });
    return updated('agent-group', { id, name: input.Name }, { Name: { Old: group.name, New: input.Name } });
  },
});
