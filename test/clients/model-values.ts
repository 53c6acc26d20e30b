import fc from 'fast-check';
import { model } from '../../src/connect-api/model.generated.ts';
import type { Member, Scalar, Shape, Structure } from '../../src/operations/shapes.ts';

/** Text that a person or a program might send: any Unicode but NUL. */
export const text = fc
  .oneof(
    fc.string({ minLength: 1 }),
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom(' ', '+', 'a/b', 'é:/?#%2F', '..'),
  )
  .filter((value) => !value.includes('\0'));

const headerText = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
// From the year 1000: the SDK reads ISO times of the first century as of the twentieth.
const instant = fc.date({
  min: new Date('1000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

function scalar(kind: Scalar, place: Member['in']): fc.Arbitrary<unknown> {
  switch (kind) {
    case 'string':
      if (place === 'header') return headerText;
      // Signers take a segment of dots for a step in the path.
      return place === 'label' ? text.filter((label) => !/^\.\.?$/.test(label)) : text;
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer();
    case 'long':
      return fc.maxSafeInteger();
    case 'float':
    case 'double':
      return double;
    case 'timestamp':
    case 'dateTime':
      return place === 'header' ? instant.map(wholeSeconds) : instant;
  }
}

// As HTTP dates have.
const wholeSeconds = (date: Date) => new Date(Math.floor(date.getTime() / 1000) * 1000);

/** The SDK loses this one key of a map when it reads an answer. */
const mapKey = text.filter((key) => key !== '__proto__');

function value(shape: Shape, place: Member['in'], depth: number): fc.Arbitrary<unknown> {
  if (typeof shape === 'string') return scalar(shape, place);
  if ('oneOf' in shape) return fc.constantFrom(...shape.oneOf);
  if ('list' in shape) {
    if (depth > deep) return fc.constant([]);
    // An empty list cannot be said in a query.
    return fc.array(value(shape.list, place, depth + 1), { minLength: place === 'query' ? 1 : 0, maxLength: 3 });
  }
  if ('map' in shape) return fc.dictionary(mapKey, value(shape.map, place, depth + 1), { maxKeys: 3 });
  if (typeof shape.structure !== 'string') throw new Error('the model names its structures');
  return structureValue(shape.structure, depth + 1);
}

const deep = 3;

/** Any value of a structure of the model, as the SDK takes and gives it. Beyond a depth only what is required. */
export function structureValue(name: string, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const structure: Structure | undefined = model.structures[name];
  if (!structure) throw new Error(`no structure ${name}`);
  const members = Object.entries(structure.members);
  if (structure.union) {
    const branches = depth > deep ? members.slice(0, 1) : members;
    return fc.oneof(...branches.map(([key, { shape }]) => fc.record({ [key]: value(shape, undefined, depth) })));
  }
  // The SDK fills in an idempotency token that is left out.
  const always = members.filter(([, member]) => member.required || member.idempotencyToken);
  const kept = depth > deep ? always : members;
  return fc.record(Object.fromEntries(kept.map(([key, member]) => [key, value(member.shape, member.in, depth)])), {
    requiredKeys: always.map(([key]) => key),
  });
}
