import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** What a test does at random comes from it alone; vitest.faults.config.ts prints it. */
    seed: number;
  }
}

export interface Random {
  /** From 0 up to, but not including, `below`. */
  below(below: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** A generator of its own, for somebody who acts at the same time: what one draws does not shift the other. */
  fork(name: string): Random;
}

/** The numbers of this name under the seed of this run. */
export const randomOf = (name: string): Random => randomFrom(mix(inject('seed'), name));

/** mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new Error('There is nothing to pick from.');
      return items[below(items.length)] as never;
    },
    fork: (name) => randomFrom(mix(seed, name)),
  };
}

function mix(seed: number, name: string): number {
  let hash = seed | 0;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) + 0x9e3779b9;
  return hash | 0;
}
