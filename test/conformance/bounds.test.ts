import { expect, test } from 'vitest';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import type { CompiledStructure, Node } from '../../src/connect-api/compile-shapes.ts';
import { decodeRequest } from '../../src/connect-api/decode-request.ts';
import { decodeText, decodeValue } from '../../src/connect-api/decode-value.ts';
import { OperationError } from '../../src/operations/errors.ts';
import { offered, offeredOperation } from './house.ts';

interface Place {
  readonly path: string;
  readonly node: Node;
  readonly asText: 'label' | 'query' | 'header' | null;
}

/** Every list, map and text that a request may hold, each of a structure's members once. */
function placesOf({ labels, query, headers, body }: CompiledOperation): Place[] {
  const found: Place[] = [];
  const seen = new Set<CompiledStructure>();
  const walk = (node: Node, path: string, asText: Place['asText']) => {
    if (node.kind === 'list' || node.kind === 'map') found.push({ path, node, asText });
    if (node.kind === 'scalar' && node.scalar === 'string') found.push({ path, node, asText });
    if (node.kind === 'list') walk(node.item, `${path}[]`, asText);
    if (node.kind === 'map') {
      walk(node.key, `${path}{key}`, asText);
      walk(node.value, `${path}{value}`, asText);
    }
    if (node.kind !== 'structure' || seen.has(node.structure)) return;
    seen.add(node.structure);
    for (const member of node.structure.members) walk(member.node, `${node.structure.name}.${member.name}`, asText);
  };
  for (const { member } of labels) walk(member.node, member.name, 'label');
  for (const member of query) walk(member.node, member.name, 'query');
  for (const member of headers) walk(member.node, member.name, 'header');
  for (const member of body) walk(member.node, member.name, null);
  return found;
}

/** One more than there may be; null when anything goes. An enumeration has an end by itself. */
function tooMuch(node: Node): unknown {
  if (node.kind === 'structure') return null;
  const most = node.kind === 'scalar' ? node.constraint?.length?.[1] : node.constraint?.items?.[1];
  if (node.kind === 'scalar' && node.constraint?.oneOf && !node.constraint.open) return 'x'.repeat(100_000);
  if (most === undefined || most === null) return null;
  if (node.kind === 'scalar') return 'x'.repeat(most + 1);
  if (node.kind === 'list') return new Array(most + 1).fill('x');
  return Object.fromEntries(Array.from({ length: most + 1 }, (_, index) => [`key ${index}`, 'x']));
}

test.each([...offered.values()].map((operation) => [operation.operation.name, operation] as const))(
  'every list, map and text of %s has an end, and one more is refused with its name',
  (_, operation) => {
    const open: string[] = [];
    const taken: string[] = [];
    for (const { path, node, asText } of placesOf(operation)) {
      const value = tooMuch(node);
      if (value === null) {
        open.push(path);
        continue;
      }
      const decode = () =>
        asText && typeof value === 'string' ? decodeText(node, value, path, asText) : decodeValue(node, value, path);
      try {
        decode();
        taken.push(path);
      } catch (error) {
        const said = error instanceof Error && error.name === 'RefusedValue' ? error.message : String(error);
        if (!said.startsWith(`${path} must `) || said.length > 2000) taken.push(said);
      }
    }
    expect({ open, taken }).toEqual({ open: [], taken: [] });
  },
);

/** As Connect's tag filters nest: more in each list, or more in sum, than anybody asks for. */
const condition = { TagKey: 'Team', TagValue: 'Claims' };
const manyLists = (length: number) => new Array(length).fill(new Array(length).fill(condition));

test.each(['SearchUsers', 'SearchQueues', 'SearchRoutingProfiles', 'SearchQuickConnects', 'SearchSecurityProfiles'])(
  '100,000 tag conditions for %s are refused as they are read',
  (name) => {
    const bodyOf = (TagFilter: object) => Buffer.from(JSON.stringify({ InstanceId: 'x', SearchFilter: { TagFilter } }));
    const url = offeredOperation(name).http.uri;
    const read = (TagFilter: object) =>
      decodeRequest(offeredOperation(name), { url, headers: {}, body: bodyOf(TagFilter) });
    for (const filter of [
      { AndConditions: new Array(100_000).fill(condition) },
      { OrConditions: new Array(100_000).fill([condition]) },
      { OrConditions: [new Array(100_000).fill(condition)] },
    ]) {
      expect(() => read(filter)).toThrow(OperationError);
      expect(() => read(filter)).toThrow(/Conditions(\[0\])? must have at most 200 entries; it has 100,000\./);
    }
    // In sum it is the search that counts.
    expect(read({ OrConditions: manyLists(200) })).toBeDefined();
  },
);
