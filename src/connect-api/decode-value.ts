import type { Scalar } from '../operations/shapes.ts';
import { checkConstraint } from './check-constraint.ts';
import type { CompiledMember, CompiledStructure, Node } from './compile-shapes.ts';
import { RefusedValue } from './refused-value.ts';
import { dateOfIso, dateOfSeconds } from './timestamps.ts';

/** PostgreSQL stores neither NUL nor half a surrogate pair, and no name or text has a use for them. */
const unstorable = /[\0\p{Surrogate}]/u;

/**
 * A JSON value as its shape says. Unknown members are dropped, null counts as absent. How deep it is has been bounded
 * before it was parsed.
 * @throws RefusedValue
 */
export function decodeValue(node: Node, value: unknown, path: string): unknown {
  switch (node.kind) {
    case 'structure':
      return decodeStructure(node.structure, value, path);
    case 'list': {
      if (!Array.isArray(value)) throw wrongType(path, 'a list', value);
      // Its size first: a list that is far too long is not walked.
      if (node.constraint) checkConstraint(node.constraint, value, path);
      return value.map((item, index) => decodeValue(node.item, item, `${path}[${index}]`));
    }
    case 'map':
      return decodeMap(node, value, path);
    case 'scalar': {
      const decoded =
        node.constraint?.anyText && typeof value === 'string' ? value : decodeScalar(node.scalar, value, path);
      if (node.constraint) checkConstraint(node.constraint, decoded, path);
      return decoded;
    }
  }
}

function decodeStructure(structure: CompiledStructure, value: unknown, path: string): object {
  if (!isObject(value)) throw wrongType(path, 'an object', value);
  const decoded = decodeMembers(structure.members, value, `${path}.`);
  if (structure.union && Object.keys(decoded).length !== 1) {
    const names = structure.members.map((member) => member.name).join(', ');
    throw new RefusedValue(`${path} must have exactly one of ${names}.`);
  }
  return decoded;
}

/** The members that are there, under their names. `prefix` is what their paths begin with. @throws RefusedValue */
export function decodeMembers(
  members: readonly CompiledMember[],
  value: Readonly<Record<string, unknown>>,
  prefix: string,
): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const member of members) {
    const path = `${prefix}${member.name}`;
    // Own members only: what every object inherits was not sent.
    const given = Object.hasOwn(value, member.wireName) ? value[member.wireName] : undefined;
    if (given !== undefined && given !== null) decoded[member.name] = decodeValue(member.node, given, path);
    else if (member.required) throw new RefusedValue(`${path} is required.`);
  }
  return decoded;
}

function decodeMap(node: Node & { kind: 'map' }, value: unknown, path: string): object {
  if (!isObject(value)) throw wrongType(path, 'an object', value);
  if (node.constraint) checkConstraint(node.constraint, value, path);
  // Without a prototype, "__proto__" is a key like any other.
  const decoded: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    if (item === null) continue;
    decodeValue(node.key, key, `A key of ${path}`);
    decoded[key] = decodeValue(node.value, item, `A value of ${path}`);
  }
  return decoded;
}

function decodeScalar(scalar: Scalar, value: unknown, path: string): unknown {
  switch (scalar) {
    case 'string':
      if (typeof value !== 'string') throw wrongType(path, 'text', value);
      if (unstorable.test(value)) {
        throw new RefusedValue(`${path} must be valid Unicode text without NUL characters.`);
      }
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(path, 'true or false', value);
      return value;
    case 'integer':
    case 'long':
      if (typeof value !== 'number') throw wrongType(path, 'a whole number', value);
      if (!(scalar === 'long' ? Number.isSafeInteger(value) : (value | 0) === value)) {
        throw new RefusedValue(`${path} must be a whole number of at most ${scalar === 'long' ? 53 : 32} bits.`);
      }
      // -0 would show as "-0" in places
      return value + 0;
    case 'float':
    case 'double':
      if (typeof value !== 'number') throw wrongType(path, 'a number', value);
      if (!Number.isFinite(value)) throw new RefusedValue(`${path} must be a finite number.`);
      return value;
    case 'timestamp':
      if (typeof value !== 'number') throw wrongType(path, 'a time in seconds since 1970', value);
      return dateOfSeconds(value, path);
    case 'dateTime':
      if (typeof value !== 'string') throw wrongType(path, 'a time as ISO 8601 text', value);
      return dateOfIso(value, path);
  }
}

/** The text of a label, a query key or a header as its shape says. @throws RefusedValue */
export function decodeText(node: Node, text: string, path: string, from: 'label' | 'query' | 'header'): unknown {
  if (node.kind !== 'scalar') throw new Error(`${path}: only single values travel in a ${from}.`);
  const decoded = decodeScalarText(node.scalar, text, path, from);
  if (node.constraint) checkConstraint(node.constraint, decoded, path);
  return decoded;
}

function decodeScalarText(scalar: Scalar, text: string, path: string, from: 'label' | 'query' | 'header'): unknown {
  switch (scalar) {
    case 'string':
      return decodeScalar(scalar, text, path);
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw new RefusedValue(`${path} must be true or false.`);
      return text === 'true';
    case 'integer':
    case 'long':
      if (!/^-?\d{1,20}$/.test(text)) throw new RefusedValue(`${path} must be a whole number.`);
      return decodeScalar(scalar, Number(text), path);
    case 'float':
    case 'double':
      if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) throw new RefusedValue(`${path} must be a number.`);
      return decodeScalar(scalar, Number(text), path);
    case 'timestamp':
      // Smithy's default for headers is the date of HTTP, as in "Tue, 29 Apr 2014 18:30:38 GMT".
      return from === 'header' ? dateOfSeconds(Date.parse(text) / 1000, path) : dateOfIso(text, path);
    case 'dateTime':
      return dateOfIso(text, path);
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(path: string, wanted: string, value: unknown): RefusedValue {
  return new RefusedValue(`${path} must be ${wanted}, not ${kindOf(value)}.`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? 'true or false' : 'an object';
}
