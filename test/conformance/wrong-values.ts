import type { Node } from '../../src/connect-api/compile-shapes.ts';
import type { Constraint } from '../../src/operations/constraints.ts';

/** A value that is wrong in one way, and the way in words. */
export type WrongValue = readonly [wrong: string, value: unknown];

/** Wrong in itself, whatever member of this shape it stands in. `value` is a right one. */
export function wrongValuesFor(node: Node, value: unknown): WrongValue[] {
  switch (node.kind) {
    case 'structure':
      return wrongTypes('x', 1, true, [], [value]);
    case 'list':
      return [...wrongTypes('x', 1, true, {}), ...nullItem(value), ...wrongSizes(node.constraint, value)];
    case 'map':
      return [...wrongTypes('x', 1, true, []), ...wrongSizes(node.constraint, value), ...wrongKeys(node, value)];
    case 'scalar':
      return wrongScalars(node, value);
  }
}

const wrongTypes = (...values: readonly unknown[]): WrongValue[] =>
  values.map((value) => [`${JSON.stringify(value).slice(0, 40)} as its value`, value]);

const nullItem = (value: unknown): WrongValue[] =>
  Array.isArray(value) && value.length > 0 ? [['null among its items', [...value, null]]] : [];

function wrongScalars({ scalar, constraint }: Node & { kind: 'scalar' }, value: unknown): WrongValue[] {
  switch (scalar) {
    case 'string':
      return [...wrongTypes(1, true, {}, [], [value]), ...wrongTexts(constraint, String(value))];
    case 'boolean':
      return wrongTypes('true', 'yes', 0, 1, {}, []);
    case 'integer':
      return [...wrongTypes('1', 'x', true, {}, [], 1.5, 2 ** 31, -(2 ** 31) - 1), ...wrongNumbers(constraint)];
    case 'long':
      return [...wrongTypes('1', 'x', true, {}, [], 1.5, 2 ** 53), ...wrongNumbers(constraint)];
    case 'float':
    case 'double':
      return [...wrongTypes('1', 'x', true, {}, []), ...wrongNumbers(constraint)];
    case 'timestamp':
      return wrongTypes('x', '2026-01-01T00:00:00Z', true, {}, [], 1e300);
    case 'dateTime':
      return wrongTypes('x', 1, true, {}, []);
  }
}

/** Texts that fit no pattern of this service, and some that fit only a few. */
const oddTexts = [
  '',
  ' ',
  '\n',
  'x',
  'ü',
  '☃',
  '😀',
  '%',
  '<script>',
  "' or 1=1 --",
  'aws:x',
  'connect:x',
  '+',
  '+0123',
  '0123',
  '+1 206 555 0100',
  `+1${'2'.repeat(15)}`,
  '2026-1-1',
  '2026-01-01T00:00:00Z',
  'true ',
  'TRUE',
  '-x-',
  'connect:Delete User',
  'a'.repeat(5000),
];
const oddTextsKept = 8;

/** Also of a label and of a member of the query, which are always text. */
export function wrongTexts(constraint: Constraint | null, value: string): WrongValue[] {
  const wrong: WrongValue[] = [
    ['a NUL character', `${value}\0`],
    ['half a surrogate pair', `${value}\ud800`],
  ];
  const { length: [min, max] = [0, null], oneOf, pattern } = constraint ?? {};
  if (min > 0) wrong.push(['too short a text', value.slice(0, min - 1)]);
  if (max !== null) {
    wrong.push(['too long a text', value.padEnd(max + 1, 'a')]);
    if (max <= 1000) wrong.push(['too many emoji', '😀'.repeat(max + 1)]);
  }
  if (oneOf) {
    const others = ['NO_SUCH_VALUE', '', ' ', `${value} `, value.toLowerCase(), '__proto__'];
    wrong.push(...others.filter((text) => !oneOf.includes(text)).map((text): WrongValue => [`"${text}"`, text]));
  }
  if (pattern) {
    const misfits = oddTexts.filter((text) => !pattern.test(text)).slice(0, oddTextsKept);
    wrong.push(...misfits.map((text): WrongValue => [`"${text.slice(0, 40)}"`, text]));
  }
  return wrong;
}

function wrongNumbers(constraint: Constraint | null): WrongValue[] {
  const [min, max] = constraint?.range ?? [null, null];
  return [
    ...(min === null ? [] : ([['too small a number', min - 1]] as const)),
    ...(max === null ? [] : ([['too great a number', max + 1]] as const)),
  ];
}

function wrongSizes(constraint: Constraint | null, value: unknown): WrongValue[] {
  const [min, max] = constraint?.items ?? [0, null];
  const sized = (size: number): unknown => {
    if (Array.isArray(value)) return Array.from({ length: size }, (_, index) => value[index % value.length]);
    const entries = Object.entries(Object(value));
    return Object.fromEntries(
      Array.from({ length: size }, (_, index) => entries[index] ?? [`Key ${index}`, entries[0]?.[1]]),
    );
  };
  return [
    ...(min > 0 ? ([['too few entries', sized(min - 1)]] as const) : []),
    ...(max === null ? [] : ([['too many entries', sized(max + 1)]] as const)),
  ];
}

function wrongKeys({ key }: Node & { kind: 'map' }, value: unknown): WrongValue[] {
  const [first] = Object.entries(Object(value));
  if (!first || key.kind !== 'scalar') return [];
  return wrongTexts(key.constraint, first[0]).map(([wrong, text]) => [
    `a key with ${wrong}`,
    { [String(text)]: first[1] },
  ]);
}
