import { randomUUID } from 'node:crypto';
import { type Change, deletionOf, updateOf } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { resourceInUse } from '../../../operations/errors.ts';
import { lockInstance } from '../../instances/store.ts';
import { createdLevel, levelNames, levelNamesIn } from '../rules.ts';
import { deleteHierarchyLevels, levelsWithGroups, listLevels, setHierarchyLevels } from '../store.ts';

/**
 * The request holds the whole structure: a level that it leaves out is removed. The API Reference names no length but
 * "not more than 50 characters".
 */
export const updateStructure = defineWrite('UpdateUserHierarchyStructure', {
  permission: 'AgentGrouping.Edit',
  constraints: { ...instanceId, 'HierarchyLevelUpdate.Name': length(1, 50) },
  handler: async ({ db, instance, now, region }, input) => {
    const names = levelNamesIn(input.HierarchyStructure);
    // Keeps groups from being made on a level while it is taken away.
    await lockInstance(db, instance.id);
    const before = await listLevels(db, instance.id);
    const removed = before.filter(({ level }) => level > names.length);
    const withGroups = await levelsWithGroups(db, instance.id);
    const used = removed.find(({ level }) => withGroups.has(level));
    if (used) {
      throw resourceInUse(
        `The level "${used.name}" has hierarchy groups and cannot be removed. Delete its groups first.`,
        'HIERARCHY_LEVEL',
        arnOf(instance, 'agent-group-level', String(used.level)),
      );
    }

    const present = new Map(before.map((level) => [level.level, level]));
    const wanted = names.map((name, index) => {
      const level = index + 1;
      return { level, name, id: present.get(level)?.id ?? randomUUID(), old: present.get(level)?.name };
    });
    const set = wanted.filter(({ name, old }) => name !== old);
    await setHierarchyLevels(db, instance.id, set, { now, region });
    if (removed.length > 0) await deleteHierarchyLevels(db, instance.id, names.length);

    const changes: Change[] = [
      ...set.map(({ id, level, name, old }) =>
        old === undefined
          ? createdLevel({ id, name, level })
          : updateOf('agent-group-level', { id, name }, { [levelNames[level - 1] ?? level]: named(old, name) }),
      ),
      ...removed.map((level) => deletionOf('agent-group-level', level, { Level: level.level })),
    ];
    return { output: {}, changes };
  },
});

/** A level as HierarchyStructure has it. */
const named = (Old: string, New: string) => ({ Old: { Name: Old }, New: { Name: New } });
