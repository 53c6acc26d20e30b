import { expect, test } from 'vitest';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import type { CompiledMember, Node } from '../../src/connect-api/compile-shapes.ts';
import { namedBy, passedOver, readOneByOne } from '../../src/operations/named-resources.ts';
import { kindByMember, kindBySearch } from '../../src/resources/resources.ts';
import { offered } from './house.ts';
import { absent, exceptions } from './unread-members.ts';

interface Place {
  readonly operation: string;
  /** `Member`, or `Holder.Member` inside a structure. */
  readonly place: string;
  readonly holder: string;
  readonly member: string;
  readonly node: Node;
}

const membersOf = ({ labels, query, headers, body }: CompiledOperation): readonly CompiledMember[] => [
  ...labels.map(({ member }) => member),
  ...query,
  ...headers,
  ...body,
];

/** Every member of every request, by the member that holds the structure in which it stands. */
const places: readonly Place[] = [...offered].flatMap(([operation, compiled]) => {
  const found = new Map<string, Place>();
  const walk = (members: readonly CompiledMember[], holder: string) => {
    for (const { name: member, node } of members) {
      const place = holder ? `${holder}.${member}` : member;
      if (found.has(place)) continue;
      found.set(place, { operation, place, holder, member, node });
      inside(node, member);
    }
  };
  const inside = (node: Node, member: string): void => {
    if (node.kind === 'structure') walk(node.structure.members, member);
    if (node.kind === 'list') inside(node.item, member);
    if (node.kind === 'map') inside(node.value, member);
  };
  walk(membersOf(compiled), '');
  return [...found.values()];
});

const isText = (node: Node): boolean =>
  (node.kind === 'scalar' && node.scalar === 'string') || (node.kind === 'list' && isText(node.item));

const kinds = 'Agent|User|Queue|RoutingProfile|SecurityProfile|HierarchyGroup|QuickConnect|Flow|Module|Hours';

/** By its name, or as the value of a condition on some kind of resource, or as a list of one kind. */
function looksLikeName({ holder, member, node }: Place): boolean {
  if (!isText(node)) return false;
  if (/(?:^|[a-z0-9])(?:Id|Ids|ID|Arn|Arns|ARN|ARNs|Identifier|Identifiers)$|^(?:id|arn)s?$/.test(member)) return true;
  if (member === 'Value' || member === 'Values') return new RegExp(kinds).test(holder);
  return node.kind === 'list' && new RegExp(`^(?:User)?(?:${kinds})s$`).test(member);
}

const declared = ({ holder, member }: Place) => namedBy(member, holder) !== undefined;
const distinct = (found: readonly Place[]) => [...new Set(found.map(({ place }) => place))].sort();

test('whatever names a resource is declared, or an exception for a reason', () => {
  const missing = places.filter(
    (one) => looksLikeName(one) && !declared(one) && !(one.place in exceptions) && !absent.has(one.operation),
  );
  expect(distinct(missing)).toEqual([]);
});

test('what is declared is there, as text or a list of texts, and looks like a name', () => {
  const used = new Set(places.flatMap(({ place, member }) => (kindByMember.has(place) ? [place] : [member])));
  expect([...kindByMember.keys()].filter((key) => !used.has(key))).toEqual([]);
  expect(distinct(places.filter((one) => declared(one) && !looksLikeName(one)))).toEqual([]);
  expect(Object.keys(exceptions).filter((key) => !places.some(({ place }) => place === key))).toEqual([]);
  expect(distinct(places.filter((one) => one.place in exceptions && declared(one)))).toEqual([]);
});

test('maps alone are passed over, and all of them', () => {
  expect(distinct(places.filter(({ node, member }) => (node.kind === 'map') !== passedOver.has(member)))).toEqual([]);
});

test('every search says what its resourceID names', () => {
  const searches = places
    .filter(({ place }) => place.endsWith('StringCondition') && place !== 'Filters.StringCondition')
    .map(({ operation }) => operation);
  // An attribute has no id but its name.
  const withIds = searches.filter((name) => name !== 'SearchPredefinedAttributes' && !absent.has(name));
  expect([...new Set(withIds)].sort()).toEqual([...kindBySearch.keys()].sort());
});

test('whoever names something names the instance', () => {
  const naming = new Set(
    places.filter((one) => declared(one) && !absent.has(one.operation)).map(({ operation }) => operation),
  );
  const located = new Set(
    places
      .filter(({ place }) => ['InstanceId', 'resourceArn', 'ResourceArn'].includes(place))
      .map(({ operation }) => operation),
  );
  expect([...naming].filter((name) => !located.has(name))).toEqual([]);
});

test('one by one is read only what has a result for each entry', () => {
  expect([...readOneByOne].sort()).toEqual([
    'BatchDeleteQuickConnects.QuickConnectIds',
    'PreviewUserDeletion.UserIds',
    'StartUserDeletion.UserIds',
  ]);
});
