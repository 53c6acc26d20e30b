import type { CompiledStructure, Node } from '../../src/connect-api/compile-shapes.ts';
import type { Scalar } from '../../src/operations/shapes.ts';

/**
 * What is wrong with an answer as it came over the wire, a line for each: a required member that is missing, one that
 * the shape does not have, a null, a value of another type or outside of its enumeration. It shares no code with the
 * encoder, whose mistakes it is to find.
 */
export function problemsOf(structure: CompiledStructure, value: unknown, path = 'the answer'): string[] {
  if (!isObject(value)) return [`${path} is not an object`];
  const unknown = Object.keys(value).filter((key) => !structure.members.some(({ wireName }) => wireName === key));
  const problems = unknown.map((key) => `${path} has a member ${key}, which ${structure.name} does not have`);
  if (structure.union && Object.keys(value).length !== 1) problems.push(`${path} must have exactly one member`);
  for (const { wireName, required, node } of structure.members) {
    const inner = value[wireName];
    if (inner !== undefined) problems.push(...problemsIn(node, inner, `${path}.${wireName}`));
    else if (required) problems.push(`${path}.${wireName} is required and missing`);
  }
  return problems;
}

function problemsIn(node: Node, value: unknown, path: string): string[] {
  switch (node.kind) {
    case 'structure':
      return problemsOf(node.structure, value, path);
    case 'list':
      if (!Array.isArray(value)) return [`${path} is not a list`];
      return value.flatMap((item, index) => problemsIn(node.item, item, `${path}[${index}]`));
    case 'map':
      if (!isObject(value)) return [`${path} is not an object`];
      return Object.entries(value).flatMap(([key, item]) => problemsIn(node.value, item, `${path}.${key}`));
    case 'scalar': {
      if (!isScalar(node.scalar, value)) return [`${path} is ${JSON.stringify(value)}, not a ${node.scalar}`];
      const values = node.constraint?.oneOf;
      return values && !values.includes(String(value)) ? [`${path} is ${value}, not one of ${values.join(', ')}`] : [];
    }
  }
}

function isScalar(scalar: Scalar, value: unknown): boolean {
  switch (scalar) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'long':
      return Number.isSafeInteger(value);
    case 'float':
    case 'double':
      return typeof value === 'number' && Number.isFinite(value);
    case 'timestamp':
      // Seconds: a time in milliseconds would lie far behind the year 5000.
      return typeof value === 'number' && value > 0 && value < 1e11;
    case 'dateTime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
