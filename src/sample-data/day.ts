import { createHash } from 'node:crypto';
import { arnOf } from '../operations/arn.ts';
import type { Instance } from '../operations/instance.ts';
import { numbers } from './numbers.ts';

const dayMilliseconds = 86_400_000;

/** A day by its seconds, with dice that always fall the same for it. */
export interface Day {
  readonly instance: Instance;
  readonly isWeekend: boolean;
  readonly at: (seconds: number) => Date;
  /** As contact records write times. */
  readonly iso: (seconds: number) => string;
  readonly arn: (type: Parameters<typeof arnOf>[1], id: string) => string;
  readonly idOf: (kind: string) => string;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(values: readonly T[]) => T;
  readonly between: (low: number, high: number) => number;
}

/** @param ago days before today, 1 is yesterday */
export function dayOf(instance: Instance, midnight: Date, ago: number): Day {
  const day = midnight.getTime() - ago * dayMilliseconds;
  const next = numbers(20_261_128 + Math.floor(day / dayMilliseconds));
  const at = (seconds: number) => new Date(day + seconds * 1000);
  let count = 0;
  return {
    instance,
    isWeekend: [0, 6].includes(at(0).getUTCDay()),
    at,
    iso: (seconds) => at(seconds).toISOString().replace('.000Z', 'Z'),
    arn: (type, id) => arnOf(instance, type, id),
    idOf: (kind) => {
      count += 1;
      const hex = createHash('sha256').update(`${instance.id} ${day} ${kind} ${count}`).digest('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    chance: (share) => next() < share,
    pick: <T>(values: readonly T[]) => values[Math.floor(next() * values.length)] as T,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
  };
}
