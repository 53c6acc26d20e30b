import { randomBytes } from 'node:crypto';

/** What fits into the twelve bits beside the version. */
const countersPerMillisecond = 0x1000;

/**
 * Makes UUIDs of version 7 (RFC 9562): the millisecond in front, then a counter, then chance. Each is greater than the one
 * before, also when the clock stands still or goes back, so that rows which are written one after the other lie side by
 * side. Only for rows that nobody has to guess: the ids of resources are random.
 * @param now milliseconds since 1970 by whatever clock: the id orders, it does not tell the time
 */
export function createTimeOrderedIds(now: () => number): () => string {
  let millisecond = 0;
  let counter = 0;
  return () => {
    const time = Math.floor(now());
    if (time > millisecond) {
      millisecond = time;
      counter = 0;
    } else {
      counter += 1;
    }
    if (counter === countersPerMillisecond) {
      millisecond += 1;
      counter = 0;
    }
    const bytes = randomBytes(16);
    bytes.writeUIntBE(millisecond, 0, 6);
    bytes.writeUInt16BE(0x7000 + counter, 6);
    bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}

/** For audit and feed. */
export const timeOrderedId = createTimeOrderedIds(Date.now);
