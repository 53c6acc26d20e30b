import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import type { CompiledMember, Node } from '../../src/connect-api/compile-shapes.ts';
import type { Input } from '../support/wire-request.ts';

/** A member of the input by its name, one of a structure with the structure's before it: as constraints name them. */
type Place = string;

const membersOf = ({ labels, query, headers, body }: CompiledOperation): readonly CompiledMember[] => [
  ...labels.map(({ member }) => member),
  ...query,
  ...headers,
  ...body,
];

/** Every place of the operation's input. */
export function placesOf(operation: CompiledOperation): Set<Place> {
  const places = new Set<Place>();
  const walk = (members: readonly CompiledMember[], prefix: string) => {
    for (const { name, node } of members) {
      const place = `${prefix}${name}`;
      if (places.has(place)) continue;
      places.add(place);
      for (const structure of structuresIn(node)) walk(structure.members, `${structure.name}.`);
    }
  };
  walk(membersOf(operation), '');
  return places;
}

/** The places that these inputs fill. @throws Error for a member that the operation does not have */
export function placesIn(operation: CompiledOperation, inputs: readonly Input[]): Set<Place> {
  const filled = new Set<Place>();
  const walkMembers = (members: readonly CompiledMember[], value: object, prefix: string) => {
    for (const [key, inner] of Object.entries(value)) {
      const member = members.find(({ name }) => name === key);
      if (!member) throw new Error(`${operation.operation.name} has no member ${prefix}${key}.`);
      if (inner === undefined) continue;
      filled.add(`${prefix}${key}`);
      walk(member.node, inner);
    }
  };
  const walk = (node: Node, value: unknown): void => {
    if (node.kind === 'structure') walkMembers(node.structure.members, Object(value), `${node.structure.name}.`);
    if (node.kind === 'list') for (const item of [value].flat()) walk(node.item, item);
    if (node.kind === 'map') for (const item of Object.values(Object(value))) walk(node.value, item);
  };
  for (const input of inputs) walkMembers(membersOf(operation), input, '');
  return filled;
}

function structuresIn(node: Node): readonly (Node & { kind: 'structure' })['structure'][] {
  if (node.kind === 'structure') return [node.structure];
  if (node.kind === 'list') return structuresIn(node.item);
  return node.kind === 'map' ? structuresIn(node.value) : [];
}
