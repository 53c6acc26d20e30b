import { arnOf } from '../../../operations/arn.ts';
import { instanceId, pageOf } from '../../../operations/constraints.ts';
import { defineExtensionRead, defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { listSummaries, shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { integer, label, list, nested, required, string, structure } from '../../../operations/shapes.ts';
import { resources } from '../../../resources/resources.ts';
import { byLevel, treeOf } from '../rules.ts';
import { wholeOf } from '../shapes.ts';
import { findGroup, listAllGroups, listLevels, pathsTo } from '../store.ts';

export const describeStructure = defineRead('DescribeUserHierarchyStructure', {
  permission: resources['agent-group'].sees,
  constraints: instanceId,
  handler: async ({ db, instance }) => ({
    HierarchyStructure: byLevel(await listLevels(db, instance.id), (level) => ({
      Id: level.id,
      // The tail of the ARN is the number of the level, not its id.
      Arn: arnOf(instance, 'agent-group-level', String(level.level)),
      Name: level.name,
      LastModifiedTime: level.lastModifiedTime,
      LastModifiedRegion: level.lastModifiedRegion,
    })),
  }),
});

export const listGroups = defineRead('ListUserHierarchyGroups', {
  permission: resources['agent-group'].sees,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('hierarchy-groups', input);
    const condition = access.within('agent-group', 'hierarchy_group');
    const { items, nextToken } = await listSummaries(db, 'agent-group', { instanceId: instance.id, page, condition });
    return {
      UserHierarchyGroupSummaryList: items.map((group) => shownSummary(instance, 'agent-group', group)),
      NextToken: nextToken,
    };
  },
});

export const describeGroup = defineRead('DescribeUserHierarchyGroup', {
  permission: resources['agent-group'].sees,
  constraints: instanceId,
  handler: async ({ db, instance, access }, input) => {
    const id = input.HierarchyGroupId;
    const group = await findGroup(db, instance.id, id);
    if (!group) throw notFound('agent-group', id);
    const paths = await pathsTo(db, instance.id, access, [id]);
    return { HierarchyGroup: wholeOf(instance, group, paths.get(id) ?? []) };
  },
});

export const tree = defineExtensionRead(
  'ListHierarchyTree',
  {
    method: 'GET',
    uri: '/user-hierarchy-tree/{InstanceId}',
    summary: 'The whole agent hierarchy in one answer: the levels, and every group behind its parent with its path.',
    input: structure({ InstanceId: label() }),
    output: structure({
      Levels: required(list(nested(structure({ Level: required(integer()), Name: required(string()) })))),
      Groups: required(
        list(
          nested(
            structure({
              Id: required(string()),
              Name: required(string()),
              Level: required(integer()),
              ParentGroupId: string(),
              Path: required(string()),
            }),
          ),
        ),
      ),
    }),
  },
  {
    permission: resources['agent-group'].sees,
    constraints: instanceId,
    handler: async ({ db, instance, access }) => {
      const within = access.within('agent-group', 'hierarchy_group');
      const [levels, groups] = await Promise.all([listLevels(db, instance.id), listAllGroups(db, instance.id, within)]);
      return {
        Levels: levels.map(({ level, name }) => ({ Level: level, Name: name })),
        Groups: treeOf(groups).map((group) => ({
          Id: group.id,
          Name: group.name,
          Level: group.level,
          ParentGroupId: group.parentGroupId ?? undefined,
          Path: group.path,
        })),
      };
    },
  },
);
