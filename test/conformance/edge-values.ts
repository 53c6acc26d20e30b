import type { Node } from '../../src/connect-api/compile-shapes.ts';
import type { Constraint } from '../../src/operations/constraints.ts';
import type { WrongValue } from './wrong-values.ts';

/** A value that the shape takes, at the end of what it takes or where it sets no end, and what it is in words. */
export type EdgeValue = WrongValue;

/** PostgreSQL's integers end here, and so do the model's. */
const greatest = 2 ** 31 - 1;
/** Longer than an index of PostgreSQL keeps. */
const long = 20_000;

/** Text that no compression makes shorter: an index would take a compressed one. */
const noise = Array.from({ length: long }, () => String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000)));

export function edgeValuesFor(node: Node, value: unknown): EdgeValue[] {
  switch (node.kind) {
    case 'structure':
      return [['an empty structure', {}]];
    case 'list':
      return listsFor(node.constraint, value);
    case 'map':
      return mapsFor(node.constraint, value);
    case 'scalar':
      return scalarsFor(node, value);
  }
}

function scalarsFor({ scalar, constraint }: Node & { kind: 'scalar' }, value: unknown): EdgeValue[] {
  const [min, max] = constraint?.range ?? [null, null];
  switch (scalar) {
    case 'string':
      return textsFor(constraint, String(value));
    case 'boolean':
      return [['the other one', value !== true]];
    case 'integer':
    case 'long':
      return [
        ['the smallest', min ?? -greatest - 1],
        ['the greatest', max ?? greatest],
      ];
    case 'float':
    case 'double':
      return [min ?? -1e308, max ?? 1e308, 5e-324, 1.5].map((number) => [String(number), number] as const);
    case 'timestamp':
      return [-62_135_596_800, 0, 253_402_300_799].map((seconds) => [String(seconds), seconds] as const);
    case 'dateTime':
      return [];
  }
}

/** Also of a label and of a member of the query. */
export function textsFor(constraint: Constraint | null, value: string): EdgeValue[] {
  const { length: [min, max] = [0, null], oneOf, pattern } = constraint ?? {};
  if (oneOf) return oneOf.map((one) => [one, one] as const);
  const most = max === null ? long : Math.min(max, long);
  const texts: EdgeValue[] = [
    ['as little text as there may be', ' '.repeat(min)],
    ['as many characters of three bytes as there may be', noise.slice(0, most).join('')],
    ['as many emoji as there may be', '😀'.repeat(most)],
    ['a quote, a backslash, a wildcard, a separator', `'"\\%_$1{}\u202e\u2028\u200b\ufeff`],
    ['the name of what every object has', '__proto__'],
  ];
  const fitting = texts.filter(([, text]) => fits(String(text), min, max) && (!pattern || pattern.test(String(text))));
  return fitting.length > 0 ? fitting : [['as much text as there may be', value.padEnd(most, 'a')]];
}

const fits = (text: string, min: number, max: number | null) => {
  const characters = [...text].length;
  return characters >= min && (max === null || characters <= max);
};

function listsFor(constraint: Constraint | null, value: unknown): EdgeValue[] {
  if (!Array.isArray(value) || value.length === 0) return [];
  const [min, max] = constraint?.items ?? [0, 500];
  const copies = (size: number) => Array.from({ length: size }, (_, index) => value[index % value.length]);
  return [
    ['as few entries as there may be', copies(min)],
    ['as many entries as there may be', copies(max ?? 500)],
    ['an entry twice', copies(value.length + 1)],
  ];
}

function mapsFor(constraint: Constraint | null, value: unknown): EdgeValue[] {
  const [, max] = constraint?.items ?? [0, 500];
  const [some] = Object.values(Object(value));
  const entries = Array.from({ length: max ?? 500 }, (_, index) => [`Key ${index}`, some]);
  return [
    ['as many entries as there may be', Object.fromEntries(entries)],
    ['__proto__ as a key', JSON.parse(`{"__proto__":${JSON.stringify(some)}}`)],
  ];
}
