import { randomUUID } from 'node:crypto';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, notFound } from '../../../operations/errors.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { name } from '../constraints.ts';
import { createdGroup } from '../rules.ts';
import { insertHierarchyGroups, listLevels, lockGroup } from '../store.ts';

export const createGroup = defineWrite('CreateUserHierarchyGroup', {
  permission: 'AgentGrouping.Create',
  constraints: { ...instanceId, ...name, ...newTags },
  handler: async ({ db, instance, now, region }, input) => {
    const parentId = input.ParentGroupId ?? null;
    // Its lock on the instance also keeps the level from being taken away.
    await requireRoom(db, instance.id, 'agent-group');
    const parent = parentId === null ? null : await lockGroup(db, instance.id, parentId, 'key share');
    if (parentId !== null && !parent) throw notFound('agent-group', parentId);
    const level = (parent?.level ?? 0) + 1;
    const levels = await listLevels(db, instance.id);
    if (!levels.some((defined) => defined.level === level)) {
      throw invalidRequest(
        `A group here would be on level ${level}, which is not defined. Define it first, with UpdateUserHierarchyStructure.`,
      );
    }
    const id = randomUUID();
    const tags = input.Tags ?? {};
    const made = { id, instanceId: instance.id, name: input.Name, level, parentGroupId: parentId, tags, now, region };
    await insertHierarchyGroups(db, [made]);
    return {
      output: { HierarchyGroupId: id, HierarchyGroupArn: arnOf(instance, 'agent-group', id) },
      changes: [createdGroup(made)],
    };
  },
});
