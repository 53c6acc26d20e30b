import { invalidParameter } from '../../operations/errors.ts';
import type { Channel, QueueChannel } from './types.ts';

interface QueueReference {
  readonly QueueId: string;
  readonly Channel: Channel;
}

/** The pairs that a request names, in its order. @throws InvalidParameterException for one that is named twice */
export function pairsIn<Given>(
  member: string,
  given: readonly Given[] | undefined,
  referenceOf: (one: Given) => QueueReference,
): (QueueChannel & { readonly given: Given })[] {
  const seen = new Set<string>();
  return (given ?? []).map((one) => {
    const { QueueId: queueId, Channel } = referenceOf(one);
    const pair = `${queueId} ${Channel}`;
    if (seen.has(pair)) throw invalidParameter(`${member} names the queue ${queueId} on ${Channel} twice.`);
    seen.add(pair);
    return { queueId, channel: Channel, given: one };
  });
}
