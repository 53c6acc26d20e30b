import { arnOf } from '../../operations/arn.ts';
import type { Instance } from '../../operations/instance.ts';
import { byLevel } from './rules.ts';
import type { FoundGroup, PathStep } from './store.ts';

/** Connect's HierarchyGroupSummary; without the Name of a group in a path that the caller may not be told. */
export const summaryOf = (instance: Instance, group: Omit<PathStep, 'level'>) => ({
  Id: group.id,
  Arn: arnOf(instance, 'agent-group', group.id),
  Name: group.name ?? undefined,
  LastModifiedTime: group.lastModifiedTime,
  LastModifiedRegion: group.lastModifiedRegion,
});

/** Connect's HierarchyGroup; the path runs from the top down to the group itself. */
export const wholeOf = (instance: Instance, group: FoundGroup, path: readonly PathStep[]) => ({
  ...summaryOf(instance, group),
  LevelId: group.levelId,
  HierarchyPath: byLevel(path, (step) => summaryOf(instance, step)),
  Tags: group.tags,
});
