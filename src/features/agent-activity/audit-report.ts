import type { Db } from '../../database/db.ts';
import type { StatusType } from './agent-event.ts';
import { type ActivityRange, listSegments, type SegmentKey, type SegmentRow } from './read-store.ts';
import { auditWord } from './words.ts';

/** A line of the Agent activity audit. */
export interface AuditLine {
  readonly agentId: string;
  readonly username: string;
  readonly start: Date;
  /** Null: nothing is known of the time behind. */
  readonly end: Date | null;
  readonly status: string;
  readonly statusType: StatusType;
  /** The last of its segments, behind which the next line begins. */
  readonly last: SegmentKey;
}

/** Segments that are read at once. */
const bite = 1000;

/**
 * So many lines behind a place, cut off at the ends of the time. Segments of one word that follow each other are one line,
 * so more are read than there are lines.
 */
export async function auditLines(
  db: Db,
  range: ActivityRange,
  after: SegmentKey | null,
  limit: number,
): Promise<AuditLine[]> {
  const lines: AuditLine[] = [];
  for (let place = after; ; ) {
    const rows = await listSegments(db, range, place, bite);
    for (const row of rows) {
      const before = lines.at(-1);
      const line = lineOf(row, range);
      const goesOn =
        before?.agentId === line.agentId &&
        before.end?.getTime() === line.start.getTime() &&
        before.status === line.status &&
        before.statusType === line.statusType &&
        before.username === line.username;
      if (goesOn && before) lines[lines.length - 1] = { ...before, end: line.end, last: line.last };
      else if (lines.length === limit) return lines;
      else lines.push(line);
    }
    place = rows.at(-1) ?? null;
    if (rows.length < bite || !place) return lines;
  }
}

function lineOf(row: SegmentRow, { start, end }: ActivityRange): AuditLine {
  return {
    agentId: row.agentId,
    username: row.username,
    start: row.start < start ? start : row.start,
    end: row.end && row.end > end ? end : row.end,
    status: auditWord(row),
    statusType: row.statusType,
    last: { agentId: row.agentId, start: row.start },
  };
}
