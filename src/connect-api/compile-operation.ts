import type { Operation } from '../operations/define-operation.ts';
import type { ErrorCode } from '../operations/errors.ts';
import type { HttpBinding, Model, Structure } from '../operations/shapes.ts';
import { type CompiledMember, type CompiledStructure, compileShapes, type Node } from './compile-shapes.ts';

/** An offered operation, ready for the codec. */
export interface CompiledOperation {
  readonly operation: Operation;
  readonly http: HttpBinding;
  /** Members of the input by where they travel; a label with the position of its segment in the path. */
  readonly labels: readonly PlacedLabel[];
  readonly query: readonly CompiledMember[];
  readonly headers: readonly CompiledMember[];
  readonly body: readonly CompiledMember[];
  /** Null: answers `{}`. */
  readonly output: CompiledStructure | 'FILE' | 'STORED_FILE' | null;
  /** The body is so many bytes at most, and not JSON. */
  readonly mostBytes: number | null;
  /** How a request that does not fit is refused: as the operation's own model says. */
  readonly refusal: ErrorCode;
  /** How a request for what is not there is refused: the same way where the model has no error of its own for that. */
  readonly absence: ErrorCode;
}

export interface PlacedLabel {
  readonly member: CompiledMember;
  readonly segment: number;
}

const nothing: Structure = { members: {} };

/**
 * Joins a declared operation with its binding and shapes.
 * @throws Error at start-up for a name that the model does not know, a constraint that fits nothing, or a path whose
 *   labels are not the input's.
 */
export function compileOperation(operation: Operation, model: Model): CompiledOperation {
  const { name } = operation;
  const { http, input, output, errors } = specificationOf(operation, model);
  const { members } = compileShapes(input ?? nothing, model, operation.constraints, name, { bound: true });
  const at = (place: CompiledMember['in']) => members.filter((member) => member.in === place);
  for (const member of members) requireTextForm(name, member);
  const mostBytes = operation.extension?.mostBytes ?? null;
  if (mostBytes !== null && at('body').length > 0) throw new Error(`${name}: no member can travel in a body of bytes.`);
  const refusal = errors.includes('InvalidParameterException')
    ? 'InvalidParameterException'
    : 'InvalidRequestException';
  const knowsAbsence = operation.extension !== null || errors.includes('ResourceNotFoundException');
  return {
    operation,
    http,
    labels: placeLabels(name, http.uri, at('label')),
    query: at('query'),
    headers: at('header'),
    body: at('body'),
    output: isFile(output) || output === null ? output : compileShapes(output, model, {}, name),
    mostBytes,
    refusal,
    absence: knowsAbsence ? 'ResourceNotFoundException' : refusal,
  };
}

interface Specification {
  readonly http: HttpBinding;
  readonly input: string | Structure | null;
  readonly output: string | Structure | null;
  readonly errors: readonly string[];
}

function specificationOf({ name, extension }: Operation, model: Model): Specification {
  const known = Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
  if (extension) {
    if (known) throw new Error(`${name} is an operation of Connect and cannot be an extension.`);
    return { ...extension, errors: ['InvalidParameterException'] };
  }
  if (!known) throw new Error(`Connect has no operation ${name}.`);
  return { ...known, http: known };
}

const isFile = (output: string | Structure | null) => output === 'FILE' || output === 'STORED_FILE';

/** The segments of a path or of a path's template; the first is what stands behind the first slash. */
export function segmentsOf(path: string): string[] {
  return path.slice(1).split('/');
}

function placeLabels(name: string, uri: string, members: readonly CompiledMember[]): PlacedLabel[] {
  const places = segmentsOf(uri).map((segment) => /^\{(\w+)\}$/.exec(segment)?.[1]);
  const named = places.filter((place) => place !== undefined);
  if (named.length !== members.length || /[{}]/.test(uri.replace(/\/\{\w+\}(?=\/|$)/g, ''))) {
    throw new Error(`${name}: the labels of ${uri} are not those of its input.`);
  }
  return members.map((member) => {
    const segment = places.indexOf(member.name);
    if (segment < 0) throw new Error(`${name}: ${uri} has no place for ${member.name}.`);
    return { member, segment };
  });
}

/** Labels and headers hold one value; a query key may be repeated for a list. */
function requireTextForm(name: string, member: CompiledMember): void {
  const isText = (node: Node) => node.kind === 'scalar';
  const { node } = member;
  if (member.in === 'body' || isText(node) || (member.in === 'query' && node.kind === 'list' && isText(node.item)))
    return;
  throw new Error(`${name}: ${member.name} cannot travel in a ${member.in}.`);
}
