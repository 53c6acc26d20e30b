import { sql } from 'kysely';
import type { Db } from '../database/db.ts';
import { isUuid } from '../operations/arn.ts';
import { decodeToken, encodeToken, unusableToken } from '../operations/paging.ts';
import type { ResourceType } from '../resources/resources.ts';
import type { Change } from './change.ts';

/** That a resource was changed. What it is like now, whoever follows looks up. */
export interface FeedEntry {
  /** The same as that of its audit entry. */
  readonly id: string;
  readonly time: Date;
  /** Null for what belongs to the account, such as access keys. */
  readonly instanceId: string | null;
  readonly resourceType: ResourceType;
  readonly resourceId: string;
  readonly change: Change['change'];
}

export type FeedPage =
  | {
      readonly kind: 'PAGE';
      readonly entries: readonly FeedEntry[];
      /** For the next read, also when the page is empty. */
      readonly cursor: string;
      /** Whether to read on at once. A page of a filtered feed may be empty and have others behind it. */
      readonly more: boolean;
    }
  /**
   * What followed the cursor is not kept any more, or the cursor is of a database that is no longer this one. Take the
   * cursor of `endOfFeed`, then everything as it is, and follow from there.
   */
  | { readonly kind: 'FALLEN_BEHIND' };

export interface FeedFilter {
  readonly instanceId?: string;
  readonly resourceTypes?: readonly ResourceType[];
}

export const mostEntries = 1000;
/** How many transactions, and how many of their entries, one page looks through for those that it wants. */
const setsAtOnce = 1000;
const entriesAtOnce = 10_000;

const kind = 'change-feed';
/** Behind the last entry of a set. */
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * The changes behind a cursor, in the order of their numbers. Whoever polls with the cursor of the page before sees each
 * entry exactly once, however late it was committed.
 * @param cursor of the page before; left out: from the oldest that is kept
 * @param limit at most `mostEntries`
 * @throws OperationError for a cursor that no page gave
 */
export async function readFeed(
  db: Db,
  { cursor, limit = mostEntries, instanceId, resourceTypes }: FeedFilter & { cursor?: string; limit?: number },
): Promise<FeedPage> {
  const size = Math.min(Math.max(limit, 1), mostEntries);
  const place = placeOf(cursor);
  // Within a set, if the page before ended there.
  const from = place && place.entryId !== lastId ? sql`s.sequence >= f.start` : sql`s.sequence > f.start`;
  // One statement, so that what is pruned meanwhile is either told or there.
  const { rows } = await sql<Row>`
    with feed as (
      select id, last_sequence, pruned_through, coalesce(${place?.sequence ?? null}::bigint, pruned_through) as start
      from change_feed
    ), ahead as (
      select s.id, s.sequence, s.time, s.size from feed f join change_set s on ${from}
      order by s.sequence limit ${setsAtOnce}
    ), reached as (
      select id, sequence, time from (
        select *, sum(size) over (order by sequence) - size as before from ahead) as counted
      where before < ${entriesAtOnce}
    )
    select f.id as "feedId", f.last_sequence as "lastSequence", f.pruned_through as "prunedThrough", f.start,
      (select max(sequence) from reached) as "through", e.*
    from feed f left join (
      select s.sequence, e.id, s.time, e.instance_id as "instanceId", e.resource_type as "resourceType",
        e.resource_id as "resourceId", e.change
      from reached s join change_entry e on e.set_id = s.id
      where (s.sequence > ${place?.sequence ?? -1} or e.id > ${place?.entryId ?? lastId}::uuid)
        ${instanceId === undefined ? sql`` : sql`and e.instance_id = ${instanceId}`}
        ${resourceTypes === undefined ? sql`` : sql`and e.resource_type = any(${resourceTypes}::text[])`}
      order by s.sequence, e.id limit ${size}
    ) as e on true
    order by e.sequence, e.id`.execute(db);
  const [feed] = rows;
  if (!feed) throw new Error('The change feed has no row.');
  const { feedId, lastSequence, prunedThrough, start } = feed;
  const isKept = ({ sequence, entryId }: Place) =>
    sequence > prunedThrough || (sequence === prunedThrough && entryId === lastId);
  if (place && (place.feedId !== feedId || place.sequence > lastSequence || !isKept(place))) {
    return { kind: 'FALLEN_BEHIND' };
  }
  const found = rows.flatMap((row) => (row.id === null ? [] : [row]));
  const last = found.at(-1);
  const reached = last && found.length === size ? last : { sequence: feed.through ?? start, id: lastId };
  return {
    kind: 'PAGE',
    entries: found.map(({ id, time, instanceId, resourceType, resourceId, change }) => ({
      id,
      time,
      instanceId,
      resourceType,
      resourceId,
      change,
    })),
    cursor: encodeToken(kind, [feedId, reached.sequence, reached.id]),
    more: reached.id !== lastId || reached.sequence < lastSequence,
  };
}

/** The cursor behind everything that has a number: for whoever begins with everything as it is, and takes that afterwards. */
export async function endOfFeed(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string; sequence: number }>`
    select id, last_sequence as sequence from change_feed`.execute(db);
  const [feed] = rows;
  if (!feed) throw new Error('The change feed has no row.');
  return encodeToken(kind, [feed.id, feed.sequence, lastId]);
}

interface Place {
  readonly feedId: string;
  readonly sequence: number;
  readonly entryId: string;
}

type Row = { feedId: string; lastSequence: number; prunedThrough: number; start: number; through: number | null } & (
  | (FeedEntry & { sequence: number })
  | { id: null; sequence: null }
);

function placeOf(cursor: string | undefined): Place | null {
  const key = decodeToken(kind, cursor, 3);
  if (!key) return null;
  const [feedId, sequence, entryId] = key;
  const readable = typeof feedId === 'string' && typeof sequence === 'number' && typeof entryId === 'string';
  if (!readable || sequence < 0 || !isUuid(entryId)) throw unusableToken();
  return { feedId, sequence, entryId };
}
