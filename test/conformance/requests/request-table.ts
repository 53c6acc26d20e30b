import type { Input } from '../../support/wire-request.ts';
import { tags, type World } from '../world.ts';

export type Build = (world: World) => Input | Promise<Input>;

/** The requests that stand for an operation. InstanceId is put in by whoever sends them. */
export interface Requests {
  /** Every member that can be given together. */
  readonly full: Build;
  /** Nothing that may be left out. */
  readonly minimal: Build;
  /** For members that cannot be given together with those of the full request. */
  readonly others?: readonly Build[];
  /** Members that none of the requests has, as the constraints name them, and why. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** How all of these are refused by whoever may answer them, if they are: they name what there is none of. */
  readonly refused?: string;
}

export type RequestTable = Readonly<Record<string, Requests>>;

/** For an operation that has no optional members. */
export const only = (build: Build): Requests => ({ full: build, minimal: build });

/** For a list of what there is none of. */
export const onePage = (build: Build): Requests => ({
  full: async (world) => ({ ...(await build(world)), MaxResults: 10 }),
  minimal: build,
  leftOut: { NextToken: 'there is no second page' },
});

/** The second page of a list. @throws Error when there is only one */
function secondPage(name: string, build: Build): Build {
  return async (world) => {
    const first = { ...(await build(world)), MaxResults: 1 };
    const { NextToken } = await world.call(name, first);
    if (typeof NextToken !== 'string')
      throw new Error(`${name} has no second page: the world needs two for it to list.`);
    return { ...first, NextToken };
  };
}

/** For a list with the common paging members. `filters` are its optional members. */
export function list(name: string, required: Build = () => ({}), filters: Build = () => ({})): Requests {
  return {
    full: secondPage(name, async (world) => ({ ...(await required(world)), ...(await filters(world)) })),
    minimal: required,
  };
}

const tagCondition = { TagKey: 'Team', TagValue: tags.Team };
/** The arms of Connect's two kinds of tag filters; a request has one of them. */
export const tagFilters = [
  { OrConditions: [[tagCondition]] },
  { AndConditions: [tagCondition] },
  { TagCondition: tagCondition },
];
export const attributeFilters = [
  { OrConditions: [{ TagConditions: [tagCondition] }] },
  { AndCondition: { TagConditions: [tagCondition] } },
  { TagCondition: tagCondition },
];

/** A condition, and the same in the lists that may hold conditions. */
export const criteriaOf = (condition: Input) => ({
  AndConditions: [condition],
  OrConditions: [condition],
  ...condition,
});

export const nameContains = (Value: string) => ({
  StringCondition: { FieldName: 'name', Value, ComparisonType: 'CONTAINS' },
});

/** For a Search operation: its criteria with each of the filters. At least two things must match. */
export function search(name: string, criteria: Input, filters: readonly Input[]): Requests {
  const [first, ...others] = filters.map((SearchFilter) => () => ({ SearchCriteria: criteria, SearchFilter }));
  return {
    full: secondPage(name, first ?? (() => ({ SearchCriteria: criteria }))),
    minimal: () => ({}),
    others,
  };
}
