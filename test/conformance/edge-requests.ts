import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import type { CompiledMember, Node } from '../../src/connect-api/compile-shapes.ts';
import { type Input, partsOf, type RequestParts } from '../support/wire-request.ts';
import { type EdgeValue, edgeValuesFor, textsFor } from './edge-values.ts';
import { type Path, replaced, textOf } from './paths.ts';

/** One member at the edge of what its shape takes. */
export interface Edge {
  readonly place: string;
  readonly what: string;
  /** The same request with that edge in it. */
  readonly put: (parts: RequestParts) => RequestParts;
}

/** Every edge of what this request has. Ids and page tokens are no edges: their shape says nothing of them. */
export function edgesOf(operation: CompiledOperation, input: Input): Edge[] {
  const edges: Edge[] = [];
  const parts = partsOf(operation, input);
  for (const { member } of operation.labels) {
    const { name, node } = member;
    if (node.kind !== 'scalar') continue;
    for (const [what, value] of textsFor(node.constraint, parts.labels[name] ?? '')) {
      const put = (fresh: RequestParts) => ({ ...fresh, labels: { ...fresh.labels, [name]: String(value) } });
      if (value !== '') edges.push({ place: name, what, put });
    }
  }
  for (const { name, wireName, node } of operation.query) {
    const text = parts.query.find(([key]) => key === wireName)?.[1];
    if (text === undefined) continue;
    for (const [what, value] of inQuery(node, text)) {
      const put = (fresh: RequestParts) => {
        const others = fresh.query.filter(([key]) => key !== wireName);
        return { ...fresh, query: [...others, [wireName, String(value)] as const] };
      };
      edges.push({ place: name, what, put });
    }
  }
  const walkMembers = (members: readonly CompiledMember[], value: Input, path: Path) => {
    for (const { wireName, node } of members) {
      if (value[wireName] !== undefined) walk(node, value[wireName], [...path, wireName]);
    }
  };
  const walk = (node: Node, value: unknown, path: Path) => {
    for (const [what, edge] of edgeValuesFor(node, value)) {
      const put = (fresh: RequestParts) => ({ ...fresh, body: replaced(fresh.body, path, edge) });
      edges.push({ place: textOf(path), what, put });
    }
    if (node.kind === 'structure') walkMembers(node.structure.members, value as Input, path);
    if (node.kind === 'list' && Array.isArray(value) && value.length > 0) walk(node.item, value[0], [...path, 0]);
    if (node.kind === 'map') {
      const [key] = Object.keys(Object(value));
      if (key !== undefined) walk(node.value, (value as Input)[key], [...path, key]);
    }
  };
  if (operation.body.length > 0) walkMembers(operation.body, parts.body as Input, []);
  return edges;
}

const inQuery = (node: Node, text: string): EdgeValue[] => {
  const inner = node.kind === 'list' ? node.item : node;
  if (inner.kind !== 'scalar') return [];
  return inner.scalar === 'string' ? textsFor(inner.constraint, text) : edgeValuesFor(inner, text);
};
