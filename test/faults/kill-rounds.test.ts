import { expect, test } from 'vitest';
import { randomOf } from '../support/random.ts';

test('a seed gives the same each time', () => {
  const draw = () => {
    const random = randomOf('draw');
    return [random.below(1e6), random.below(1e6), random.fork('other').below(1e6)];
  };
  expect(draw()).toEqual(draw());
});
