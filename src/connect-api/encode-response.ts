import type { Scalar } from '../operations/shapes.ts';
import type { CompiledStructure, Node } from './compile-shapes.ts';
import { secondsOf } from './timestamps.ts';

export interface WireAnswer {
  /** JSON. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * An operation's output on the wire: only the members that its shape knows, undefined and null left out, times as epoch
 * seconds.
 * @param strict throws for a member that the shape does not know instead of leaving it out.
 * @throws Error for a value of the wrong type: a mistake of the handler, never of the caller.
 */
export function encodeResponse(structure: CompiledStructure | null, output: unknown, strict: boolean): WireAnswer {
  if (!structure) {
    if (strict && isObject(output) && Object.keys(output).length > 0)
      throw new Error('This operation answers nothing.');
    return { body: '{}', headers: {} };
  }
  const encoded = encodeStructure(structure, output ?? {}, structure.name || 'The answer', strict);
  const headers: Record<string, string> = {};
  for (const { in: place, name, wireName } of structure.members) {
    if (place !== 'header' || encoded[wireName] === undefined) continue;
    const value = encoded[wireName];
    // Smithy's default for headers is the date of HTTP.
    headers[wireName] = typeof value === 'number' ? new Date(value * 1000).toUTCString() : String(value);
    delete encoded[wireName];
    if (/[^\t\x20-\x7e]/.test(headers[wireName])) throw new Error(`${name} does not fit into a header.`);
  }
  return { body: JSON.stringify(encoded), headers };
}

function encodeStructure(structure: CompiledStructure, value: unknown, path: string, strict: boolean) {
  if (!isObject(value)) throw mismatch(path, 'an object');
  const encoded: Record<string, unknown> = {};
  for (const { name, wireName, node } of structure.members) {
    const given = value[name];
    if (given === undefined || given === null) continue;
    encoded[wireName] = encodeValue(node, given, `${path}.${name}`, strict);
  }
  if (strict) {
    const unknown = Object.keys(value).find((key) => value[key] !== undefined && !structure.byName.has(key));
    if (unknown !== undefined) throw new Error(`${path} has no member ${unknown}.`);
  }
  return encoded;
}

function encodeValue(node: Node, value: unknown, path: string, strict: boolean): unknown {
  switch (node.kind) {
    case 'structure':
      return encodeStructure(node.structure, value, path, strict);
    case 'list':
      if (!Array.isArray(value)) throw mismatch(path, 'a list');
      return value.map((item, index) => encodeValue(node.item, item, `${path}[${index}]`, strict));
    case 'map': {
      if (!isObject(value)) throw mismatch(path, 'an object');
      const encoded: Record<string, unknown> = Object.create(null);
      for (const [key, item] of Object.entries(value)) {
        if (item !== undefined && item !== null) encoded[key] = encodeValue(node.value, item, `${path}.${key}`, strict);
      }
      return encoded;
    }
    case 'scalar':
      return encodeScalar(node.scalar, value, path);
  }
}

function encodeScalar(scalar: Scalar, value: unknown, path: string): unknown {
  switch (scalar) {
    case 'string':
      if (typeof value !== 'string') throw mismatch(path, 'text');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch(path, 'true or false');
      return value;
    case 'integer':
    case 'long':
      if (!Number.isSafeInteger(value)) throw mismatch(path, 'a whole number');
      return value;
    case 'float':
    case 'double':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw mismatch(path, 'a number');
      return value;
    case 'timestamp':
    case 'dateTime':
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw mismatch(path, 'a Date');
      return scalar === 'timestamp' ? secondsOf(value) : value.toISOString();
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const mismatch = (path: string, wanted: string) => new Error(`${path} must be ${wanted}.`);
