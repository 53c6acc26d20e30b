import type { Constraint } from '../operations/constraints.ts';
import { RefusedValue } from './refused-value.ts';

/**
 * Checks a text, a number, or the number of entries of a list or map.
 * Characters are Unicode code points, as Smithy's length trait counts them.
 * @throws RefusedValue that names the member by its path and says what it must be.
 */
export function checkConstraint(constraint: Constraint, value: unknown, path: string): void {
  if (typeof value === 'string') checkText(constraint, value, path);
  else if (typeof value === 'number') checkRange(constraint, value, path);
  else if (Array.isArray(value)) checkItems(constraint, value.length, path);
  else if (typeof value === 'object' && value !== null) checkItems(constraint, Object.keys(value).length, path);
}

function checkText({ length, oneOf, pattern, meaning }: Constraint, text: string, path: string): void {
  // The length first: it also bounds the work of the pattern.
  if (length && !lengthFits(text, length)) throw new RefusedValue(`${path} must have ${span(length, 'character')}.`);
  if (oneOf && !oneOf.includes(text)) throw new RefusedValue(`${path} must be one of ${oneOf.join(', ')}.`);
  if (pattern && !pattern.test(text)) {
    throw new RefusedValue(`${path} must be ${meaning ?? `text that matches ${pattern.source}`}.`);
  }
}

function checkRange({ range }: Constraint, value: number, path: string): void {
  if (!range) return;
  const [min, max] = range;
  if (value >= min && (max === null || value <= max)) return;
  throw new RefusedValue(`${path} must be ${max === null ? `${min} or more` : `from ${min} to ${count(max)}`}.`);
}

function checkItems({ items }: Constraint, size: number, path: string): void {
  if (!items || (size >= items[0] && (items[1] === null || size <= items[1]))) return;
  throw new RefusedValue(`${path} must have ${span(items, 'entry', 'entries')}; it has ${count(size)}.`);
}

function lengthFits(text: string, [min, max]: readonly [number, number | null]): boolean {
  // A code point takes one or two units: most texts need no counting.
  if (text.length < min || (max !== null && text.length > max * 2)) return false;
  if (text.length >= min * 2 && (max === null || text.length <= max)) return true;
  let points = 0;
  for (const _ of text) points += 1;
  return points >= min && (max === null || points <= max);
}

const count = (value: number) => value.toLocaleString('en-US');

function span([min, max]: readonly [number, number | null], one: string, many = `${one}s`): string {
  if (max === null) return `at least ${count(min)} ${min === 1 ? one : many}`;
  if (min === max) return `exactly ${count(min)} ${min === 1 ? one : many}`;
  if (min === 0) return `at most ${count(max)} ${max === 1 ? one : many}`;
  return `${count(min)} to ${count(max)} ${many}`;
}
