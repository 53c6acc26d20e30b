import { type Change, creationOf } from '../../audit/change.ts';
import { invalidParameter } from '../../operations/errors.ts';

/** The members of Connect's HierarchyStructure and HierarchyPath, top level first. */
export const levelNames = ['LevelOne', 'LevelTwo', 'LevelThree', 'LevelFour', 'LevelFive'] as const;
export type LevelName = (typeof levelNames)[number];

/** Things of levels 1 to 5 as the members LevelOne to LevelFive. */
export function byLevel<T extends { readonly level: number }, Shown>(
  things: readonly T[],
  show: (thing: T) => Shown,
): Partial<Record<LevelName, Shown>> {
  const members: Partial<Record<LevelName, Shown>> = {};
  for (const thing of things) {
    const name = levelNames[thing.level - 1];
    if (name) members[name] = show(thing);
  }
  return members;
}

/**
 * The names of the levels that a HierarchyStructureUpdate asks for, top first.
 * @throws InvalidParameterException for a level without the one above it
 */
export function levelNamesIn(structure: Readonly<Partial<Record<LevelName, { readonly Name: string } | undefined>>>) {
  const names = levelNames.map((level) => structure[level]?.Name);
  const count = names.filter((name) => name !== undefined).length;
  const gap = names.slice(0, count).indexOf(undefined);
  if (gap >= 0) {
    throw invalidParameter(
      `HierarchyStructure has no ${levelNames[gap]}, but a level below it: levels are defined from the top, without gaps.`,
    );
  }
  return names.filter((name) => name !== undefined);
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly level: number;
  readonly parentGroupId: string | null;
}

/**
 * Each group behind its parent, siblings by name, with its path in words: "Europe / Support / Tier 2". A group whose
 * parent is not among them stands at the top.
 */
export function treeOf<G extends Group>(groups: readonly G[]): (G & { readonly path: string })[] {
  const ids = new Set(groups.map(({ id }) => id));
  const below = new Map<string | null, G[]>();
  for (const group of groups) {
    const parent = group.parentGroupId !== null && ids.has(group.parentGroupId) ? group.parentGroupId : null;
    const siblings = below.get(parent) ?? [];
    siblings.push({ ...group, parentGroupId: parent });
    below.set(parent, siblings);
  }
  const walk = (parent: string | null, prefix: string): (G & { readonly path: string })[] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1))
      .flatMap((group) => {
        const path = `${prefix}${group.name}`;
        return [{ ...group, path }, ...walk(group.id, `${path} / `)];
      });
  return walk(null, '');
}

/** For the audit. */
export const groupSnapshot = (
  group: Omit<Group, 'id' | 'name'> & { readonly tags?: Readonly<Record<string, string>> },
) => ({
  Level: group.level,
  ParentGroupId: group.parentGroupId,
  Tags: group.tags,
});

export const createdGroup = (made: Group & Parameters<typeof groupSnapshot>[0]): Change =>
  creationOf('agent-group', made, groupSnapshot(made));

export const createdLevel = (made: Pick<Group, 'id' | 'name' | 'level'>): Change =>
  creationOf('agent-group-level', made, { Level: made.level });
