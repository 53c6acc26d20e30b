import { randomUUID } from 'node:crypto';
import { deleted, updated } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, notFound, resourceInUse } from '../../../operations/errors.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { createdGroup, groupSnapshot } from '../rules.ts';
import {
  contentsOfGroup,
  deleteHierarchyGroup,
  insertHierarchyGroups,
  listLevels,
  lockGroup,
  renameHierarchyGroup,
} from '../store.ts';

/** API Reference: "must not be more than 100 characters". */
const name = { Name: length(1, 100) };

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
