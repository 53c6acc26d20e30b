import type { StatusType } from './agent-event.ts';
import { quarter } from './quarters.ts';

/** What intervals are made of; the times in milliseconds. */
export interface TimedSegment {
  readonly agentId: string;
  readonly start: number;
  readonly end: number;
  readonly snapshotId: string;
  readonly statusType: StatusType;
  readonly onContact: boolean;
  readonly inError: boolean;
  readonly incomplete: boolean;
}

export interface Interval {
  readonly agentId: string;
  readonly start: Date;
  readonly snapshotId: string;
  readonly onlineMs: number;
  readonly idleMs: number;
  readonly contactMs: number;
  readonly nonProductiveMs: number;
  readonly errorMs: number;
  readonly incomplete: boolean;
}

/**
 * A state that no event ends for longer than this is not counted any further: nobody works that long, and a clock that was
 * wrong by years is not to fill a table.
 */
export const longestCounted = 7 * 86_400_000;

/** The quarters from one time to another, by segments of one agent. Somebody offline has none. */
export function intervalsOf(segments: Iterable<TimedSegment>, from: number, to: number): Interval[] {
  const intervals = new Map<string, Interval>();
  for (const segment of segments) {
    if (segment.statusType === 'OFFLINE') continue;
    const begin = Math.max(segment.start, from);
    const end = Math.min(segment.end, segment.start + longestCounted, to);
    for (let start = Math.floor(begin / quarter) * quarter; start < end; start += quarter) {
      const ms = Math.min(end, start + quarter) - Math.max(begin, start);
      if (ms <= 0) continue;
      const key = `${start} ${segment.snapshotId}`;
      const one = intervals.get(key) ?? empty(segment, start);
      intervals.set(key, added(one, segment, ms));
    }
  }
  return [...intervals.values()];
}

const empty = ({ agentId, snapshotId }: TimedSegment, start: number): Interval => ({
  agentId,
  start: new Date(start),
  snapshotId,
  onlineMs: 0,
  idleMs: 0,
  contactMs: 0,
  nonProductiveMs: 0,
  errorMs: 0,
  incomplete: false,
});

/** Online time is one of three: non-productive in a custom status, whatever the contacts do; else on contact, or idle. */
function added(one: Interval, { statusType, onContact, inError, incomplete }: TimedSegment, ms: number): Interval {
  const part = statusType === 'CUSTOM' ? 'nonProductiveMs' : onContact ? 'contactMs' : 'idleMs';
  return {
    ...one,
    onlineMs: one.onlineMs + ms,
    [part]: one[part] + ms,
    errorMs: one.errorMs + (inError ? ms : 0),
    incomplete: one.incomplete || incomplete,
  };
}
