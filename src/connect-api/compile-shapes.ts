import type { Constraint, Constraints } from '../operations/constraints.ts';
import type { Member, Model, Scalar, Shape, Structure } from '../operations/shapes.ts';

/** A shape with its references resolved and the operation's constraints in place: what the codec walks. */
export type Node =
  | { readonly kind: 'scalar'; readonly scalar: Scalar; readonly constraint: Constraint | null }
  | { readonly kind: 'list'; readonly item: Node; readonly constraint: Constraint | null }
  | { readonly kind: 'map'; readonly key: Node; readonly value: Node; readonly constraint: Constraint | null }
  | { readonly kind: 'structure'; readonly structure: CompiledStructure };

export interface CompiledMember {
  readonly name: string;
  readonly wireName: string;
  readonly in: 'label' | 'query' | 'header' | 'body';
  readonly required: boolean;
  readonly node: Node;
}

export interface CompiledStructure {
  readonly name: string;
  readonly union: boolean;
  readonly members: CompiledMember[];
  /** For answers: members by name. */
  readonly byName: Map<string, CompiledMember>;
}

const constrainable: { readonly [K in keyof Constraint]-?: readonly (Scalar | 'list' | 'map')[] } = {
  anyText: ['string'],
  length: ['string'],
  pattern: ['string'],
  meaning: ['string'],
  oneOf: ['string'],
  open: ['string'],
  items: ['list', 'map'],
  range: ['integer', 'long', 'float', 'double'],
};

/** What a request's lists, maps and texts hold at most where the operation says nothing of them. */
export const mostEntries = 200;
export const mostCharacters = 4096;

/** With a greatest size, so that nothing that comes from outside is without an end. */
function bounded(constraint: Constraint | null, shape: Scalar | 'list' | 'map'): Constraint | null {
  if (shape === 'list' || shape === 'map') {
    const [min, max] = constraint?.items ?? [0, null];
    return { ...constraint, items: [min, max ?? mostEntries] };
  }
  if (shape !== 'string' || (constraint?.oneOf && !constraint.open)) return constraint;
  const [min, max] = constraint?.length ?? [0, null];
  return { ...constraint, length: [min, max ?? mostCharacters] };
}

/**
 * Resolves the shapes below one input or output and hangs the constraints on them; with `bound`, which an input needs,
 * also on what has no greatest size of its own.
 * @throws Error for a constraint that fits nothing, so that a typing mistake shows at start-up and not as a check that
 *   silently never runs.
 */
export function compileShapes(
  root: string | Structure,
  model: Pick<Model, 'structures'>,
  constraints: Constraints = {},
  operation = 'an operation',
  { bound = false } = {},
): CompiledStructure {
  const compiled = new Map<string, CompiledStructure>();
  const unused = new Set(Object.keys(constraints));

  function constraintAt(place: string, shape: Scalar | 'list' | 'map'): Constraint | null {
    const constraint = Object.hasOwn(constraints, place) ? constraints[place] : undefined;
    if (!constraint) return bound ? bounded(null, shape) : null;
    unused.delete(place);
    for (const key of Object.keys(constraint) as (keyof Constraint)[]) {
      if (!constrainable[key].includes(shape)) {
        throw new Error(`${operation}: the constraint on ${place} sets "${key}", which a ${shape} does not have.`);
      }
    }
    return bound ? bounded(constraint, shape) : constraint;
  }

  /** `place` is the member's key among the constraints, `member` the name of the member that holds the shape. */
  function nodeOf(shape: Shape, place: string, member: string): Node {
    if (typeof shape === 'string') return { kind: 'scalar', scalar: shape, constraint: constraintAt(place, shape) };
    if ('oneOf' in shape) {
      const constraint = constraintAt(place, 'string');
      const whole = constraint?.open ? constraint : { oneOf: shape.oneOf, ...constraint };
      return { kind: 'scalar', scalar: 'string', constraint: whole };
    }
    if ('list' in shape) {
      const constraint = constraintAt(place, 'list');
      return { kind: 'list', item: nodeOf(shape.list, `${place}[]`, member), constraint };
    }
    if ('map' in shape) {
      const constraint = constraintAt(place, 'map');
      const key = nodeOf('string', `${place}{key}`, member);
      return { kind: 'map', key, value: nodeOf(shape.map, `${place}{value}`, member), constraint };
    }
    return { kind: 'structure', structure: structureOf(shape.structure, member) };
  }

  function memberOf(name: string, member: Member, prefix: string): CompiledMember {
    return {
      name,
      wireName: member.wireName ?? name,
      in: member.in ?? 'body',
      required: member.required === true,
      node: nodeOf(member.shape, `${prefix}${name}`, name),
    };
  }

  function structureOf(reference: string | Structure, holder: string): CompiledStructure {
    const known = typeof reference === 'string' ? compiled.get(reference) : undefined;
    if (known) return known;
    const declared = typeof reference === 'string' ? structureInModel(model, reference, operation) : reference;
    const name = typeof reference === 'string' ? reference : holder;
    const structure: CompiledStructure = { name, union: declared.union === true, members: [], byName: new Map() };
    // Before its members: a structure of the model may hold itself, as search conditions do.
    if (typeof reference === 'string') compiled.set(reference, structure);
    for (const [key, member] of Object.entries(declared.members)) {
      const made = memberOf(key, member, reference === root ? '' : `${name}.`);
      structure.members.push(made);
      structure.byName.set(key, made);
    }
    return structure;
  }

  const result = structureOf(root, '');
  if (unused.size > 0) {
    throw new Error(`${operation}: there is nothing that these constraints could apply to: ${[...unused].join(', ')}.`);
  }
  return result;
}

function structureInModel(model: Pick<Model, 'structures'>, name: string, operation: string): Structure {
  const structure = Object.hasOwn(model.structures, name) ? model.structures[name] : undefined;
  if (!structure) throw new Error(`${operation}: the model has no structure ${name}.`);
  return structure;
}
