import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Access } from '../../../access/access-control.ts';
import { reaches } from '../../../access/enforcement.ts';
import { isUuid, unreadable } from '../../../operations/arn.ts';
import type { InputOf } from '../../../operations/connect-types.ts';
import { type Constraints, oneOf } from '../../../operations/constraints.ts';
import { accessDenied, invalidParameter } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import {
  andAll,
  criteriaCondition,
  orAny,
  stringCondition,
  tagCondition,
  tagFilterCondition,
} from '../../../operations/search.ts';
import type { InnerType } from '../../../resources/resources.ts';
import { numberComparisons, proficiencyCondition } from '../proficiencies/search.ts';

/** What SearchUsers takes to choose users; user batches and the website's list choose with the same. */
export type UserSearch = Pick<InputOf<'SearchUsers'>, 'SearchFilter' | 'SearchCriteria'>;

type Criteria = NonNullable<UserSearch['SearchCriteria']>;
type StringCondition = NonNullable<Criteria['StringCondition']>;
type HierarchyCondition = NonNullable<Criteria['HierarchyGroupCondition']>;
type Filter = NonNullable<UserSearch['SearchFilter']>;
type TagFilter = NonNullable<Filter['TagFilter']>;
type AttributeFilter = NonNullable<Filter['UserAttributeFilter']>;
type AttributeAndCondition = NonNullable<AttributeFilter['AndCondition']>;

/** For every operation whose input holds a UserSearch. */
export const userSearchConstraints = {
  'StringCondition.ComparisonType': oneOf('STARTS_WITH', 'CONTAINS', 'EXACT'),
  'HierarchyGroupCondition.HierarchyGroupMatchType': oneOf('EXACT', 'WITH_CHILD_GROUPS'),
  'ListCondition.TargetListType': oneOf('PROFICIENCIES'),
  'NumberCondition.ComparisonType': oneOf(...numberComparisons),
} satisfies Constraints;

/** API Reference, ControlPlaneUserAttributeFilter. */
const mostTagConditions = 25;
const mostHierarchyConditions = 20;

/**
 * The users of the instance that a search finds, as a condition on `users as u`: among those that the caller reaches
 * only. An empty search finds all of them; an empty list inside one is refused, for it would find all by mistake.
 * @throws InvalidParameterException; AccessDeniedException for both kinds of filter at once, as Connect answers it
 */
export function userSearchCondition(instance: Instance, search: UserSearch, access: Access): RawBuilder<SqlBool> {
  return andAll([
    usersWithin(instance, access),
    ...filterConditions(instance, search.SearchFilter),
    criteriaCondition(search.SearchCriteria, (node) => {
      if (node !== search.SearchCriteria && Object.values(node).every((member) => member === undefined)) {
        throw invalidParameter('A condition inside OrConditions or AndConditions is empty: fill it or leave it out.');
      }
      refuseEmpty('OrConditions', node.OrConditions);
      refuseEmpty('AndConditions', node.AndConditions);
      return leavesOf(instance, node, access);
    }),
  ]);
}

/** Every user of the instance that the caller reaches, as a condition on `users as u`. */
export function usersWithin(instance: Instance, access: Access): RawBuilder<SqlBool> {
  return andAll([sql<SqlBool>`u.instance_id = ${instance.id}`, access.within('agent', 'u')]);
}

function leavesOf(instance: Instance, node: Criteria, access: Access): RawBuilder<SqlBool>[] {
  const leaves: RawBuilder<SqlBool>[] = [];
  if (node.StringCondition) leaves.push(fieldCondition(access, node.StringCondition));
  if (node.HierarchyGroupCondition) leaves.push(hierarchyCondition(instance, node.HierarchyGroupCondition));
  if (node.ListCondition) leaves.push(proficiencyCondition(instance, node.ListCondition));
  return leaves;
}

const textColumns = new Map<string, RawBuilder<string>>([
  ['username', sql`u.username`],
  ['firstname', sql`u.first_name`],
  ['lastname', sql`u.last_name`],
]);

/** The fields that the API Reference lists; their case is not minded, for it writes `resourceId` but `Username`. */
function fieldCondition(access: Access, given: StringCondition): RawBuilder<SqlBool> {
  const { ComparisonType: comparison } = given;
  // Names are kept composed (NFC), so a decomposed search text would never be found.
  const value = given.Value?.normalize('NFC');
  const characters = value === undefined ? 0 : [...value].length;
  if (comparison === 'CONTAINS' && value !== undefined && (characters < 2 || characters > 25)) {
    throw invalidParameter('The Value of a CONTAINS condition must have 2 to 25 characters.');
  }
  const field = given.FieldName?.toLowerCase() ?? '';
  const column = textColumns.get(field);
  if (column) return stringCondition(column, { ...given, Value: value });
  const searched = { ComparisonType: comparison, Value: value };
  switch (field) {
    case 'resourceid':
      return idCondition(sql`u.id`, searched, 'agent');
    case 'routingprofileid':
      return andAll([
        idCondition(sql`u.routing_profile_id`, searched, 'routing-profile'),
        reaches(access, 'routing-profile', sql`u.routing_profile_id`),
      ]);
    case 'securityprofileid':
      return sql<SqlBool>`exists (
        select 1 from user_security_profile up
        where up.user_id = u.id and ${idCondition(sql`up.security_profile_id`, searched, 'security-profile')}
          and ${reaches(access, 'security-profile', sql`up.security_profile_id`)})`;
    default:
      throw invalidParameter(
        'The FieldName of a StringCondition must be Username, FirstName, LastName, RoutingProfileId, SecurityProfileId or resourceId.',
      );
  }
}

/** An id is compared as an id where it can be, so that an index serves it; parts of one are compared as text. */
function idCondition(column: RawBuilder<string>, condition: StringCondition, kind: InnerType): RawBuilder<SqlBool> {
  const { Value: value, ComparisonType: comparison } = condition;
  if (comparison !== 'EXACT' || value === undefined) {
    // The shared condition says what is missing; an id as text needs no lower(), but takes no harm from it.
    return stringCondition(sql<string>`${column}::text`, condition);
  }
  if (!isUuid(value)) throw unreadable(value, kind);
  return sql<SqlBool>`${column} = ${value}`;
}

function hierarchyCondition(instance: Instance, condition: HierarchyCondition): RawBuilder<SqlBool> {
  const { Value: value, HierarchyGroupMatchType: match } = condition;
  if (!value || !match) throw invalidParameter('HierarchyGroupCondition needs a Value and a HierarchyGroupMatchType.');
  if (match === 'EXACT') return sql<SqlBool>`u.hierarchy_group_id = ${value}`;
  return sql<SqlBool>`u.hierarchy_group_id in (
    with recursive below as (
      select g.id from hierarchy_group g where g.instance_id = ${instance.id} and g.id = ${value}
      union all
      select child.id from hierarchy_group child join below on child.parent_group_id = below.id
    ) select id from below)`;
}

function filterConditions(instance: Instance, filter: Filter | undefined): RawBuilder<SqlBool>[] {
  const { TagFilter: tags, UserAttributeFilter: attributes } = filter ?? {};
  if (tags && attributes) throw accessDenied('SearchFilter takes TagFilter or UserAttributeFilter, not both.');
  if (tags) return [tagsCondition(tags)];
  return attributes ? [attributeCondition(instance, attributes)] : [];
}

function tagsCondition(filter: TagFilter): RawBuilder<SqlBool> {
  refuseEmpty('OrConditions', filter.OrConditions);
  for (const list of filter.OrConditions ?? []) refuseEmpty('OrConditions', list);
  refuseEmpty('AndConditions', filter.AndConditions);
  return tagFilterCondition(sql`u.tags`, filter);
}

function attributeCondition(instance: Instance, filter: AttributeFilter): RawBuilder<SqlBool> {
  const { OrConditions: or, AndCondition: and, TagCondition: tag, HierarchyGroupCondition: group } = filter;
  if ([or, and, tag, group].filter((member) => member !== undefined).length > 1) {
    throw invalidParameter(
      'UserAttributeFilter takes one of OrConditions, AndCondition, TagCondition and HierarchyGroupCondition, not several.',
    );
  }
  refuseEmpty('OrConditions', or);
  const lists = or ?? (and ? [and] : []);
  const tags = lists.reduce((sum, list) => sum + (list.TagConditions?.length ?? 0), 0);
  const groups = lists.filter((list) => list.HierarchyGroupCondition).length;
  if (tags > mostTagConditions || groups > mostHierarchyConditions) {
    throw invalidParameter(
      `UserAttributeFilter takes ${mostTagConditions} tag conditions and ${mostHierarchyConditions} hierarchy group conditions at most.`,
    );
  }
  const all = (list: AttributeAndCondition): RawBuilder<SqlBool> => {
    refuseEmpty('TagConditions', list.TagConditions);
    const conditions = (list.TagConditions ?? []).map((one) => tagCondition(sql`u.tags`, one));
    if (list.HierarchyGroupCondition) conditions.push(hierarchyCondition(instance, list.HierarchyGroupCondition));
    refuseEmpty('AndCondition', conditions);
    return andAll(conditions);
  };
  if (tag) return tagCondition(sql`u.tags`, tag);
  if (group) return hierarchyCondition(instance, group);
  return lists.length > 0 ? orAny(lists.map(all)) : andAll([]);
}

function refuseEmpty(member: string, list: readonly unknown[] | undefined): void {
  if (list?.length === 0) throw invalidParameter(`${member} is empty: give it a condition or leave it out.`);
}
