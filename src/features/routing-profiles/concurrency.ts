import type { Checked, Connect } from '../../operations/connect-types.ts';
import { type Constraints, items, range } from '../../operations/constraints.ts';
import { invalidParameter } from '../../operations/errors.ts';
import type { Channel } from './types.ts';

/** What the model says of a MediaConcurrency, for every operation that takes one. */
export const concurrencyConstraints = {
  'MediaConcurrency.Concurrency': range(0, 10),
  'MediaConcurrency.WorkloadTypeConcurrencies': items(1, 5),
  'WorkloadTypeConcurrency.Concurrency': range(1, 10),
} satisfies Constraints;

type MediaConcurrency = Checked<Connect.MediaConcurrency>;

const mostOn = (channel: Channel) => (channel === 'VOICE' ? 1 : 10);

/**
 * Each channel once, with 1 contact at a time for calls and 1 to 10 for the others (API Reference, MediaConcurrency).
 * A channel that says it by workload type needs no number of its own. @throws InvalidParameterException
 */
export function checkConcurrencies(concurrencies: readonly MediaConcurrency[]): void {
  if (concurrencies.length === 0) throw invalidParameter('MediaConcurrencies must name at least one channel.');
  const seen = new Set<string>();
  for (const one of concurrencies) {
    if (seen.has(one.Channel)) throw invalidParameter(`MediaConcurrencies names the channel ${one.Channel} twice.`);
    seen.add(one.Channel);
    const least = one.WorkloadTypeConcurrencies ? 0 : 1;
    checkNumber('Concurrency', one.Channel, one.Concurrency ?? 0, least);
    checkWorkloadTypes(one);
  }
}

function checkWorkloadTypes({ Channel, WorkloadTypeConcurrencies = [] }: MediaConcurrency): void {
  const seen = new Set<string>();
  for (const { WorkloadType, Concurrency } of WorkloadTypeConcurrencies) {
    if (seen.has(WorkloadType)) {
      throw invalidParameter(`WorkloadTypeConcurrencies of the channel ${Channel} names "${WorkloadType}" twice.`);
    }
    seen.add(WorkloadType);
    checkNumber('Concurrency of each workload type', Channel, Concurrency, 1);
  }
}

function checkNumber(what: string, channel: Channel, number: number, least: number): void {
  const most = mostOn(channel);
  if (number >= least && number <= most) return;
  const allowed = least === most ? `${most}` : `${least} to ${most}`;
  throw invalidParameter(`${what} on the channel ${channel} must be ${allowed}; it is ${number}.`);
}
