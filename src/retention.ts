import { pruneFeed } from './audit/feed-numbers.ts';
import { mergeRefusals } from './audit/merge-refusals.ts';
import { pruneRefusals } from './audit/refusals.ts';
import { pruneAudit } from './audit/store.ts';
import { pruneAttempts } from './console/sign-in-attempts.ts';
import { endExpiredSessions, type SignInLog } from './console/sign-in-audit.ts';
import { databaseTime } from './database/clock.ts';
import type { Db } from './database/db.ts';
import { pruneActivity } from './features/agent-activity/retention-store.ts';
import { pruneContacts } from './features/contacts/retention-store.ts';
import { pruneRequesters, pruneUserBatches } from './features/user-batches/retention-store.ts';

/** Days that things are kept; null: for good. */
export interface Retention {
  readonly feedDays: number;
  readonly refusalDays: number;
  readonly batchDays: number | null;
  readonly auditDays: number | null;
  readonly contactDays: number | null;
}

/** Rows that one statement removes at most: a bite that nobody has to wait for. */
const bite = 5000;

/** What the worker removes in idle moments, bite by bite; each answers whether there is more. */
export function prunings(
  db: Db,
  { feedDays, refusalDays, batchDays, auditDays, contactDays }: Retention,
  log: SignInLog,
): (() => Promise<boolean>)[] {
  const before = async (days: number) => new Date((await databaseTime(db)).getTime() - days * 86_400_000);
  return [
    async () => pruneAttempts(db, await databaseTime(db)),
    async () => endExpiredSessions(db, await databaseTime(db), log),
    async () => mergeRefusals(db, await before(1)),
    async () => pruneRefusals(db, await before(refusalDays)),
    async () => pruneFeed(db, await before(feedDays), bite),
    () => pruneRequesters(db, bite),
    ...(batchDays === null ? [] : [async () => pruneUserBatches(db, await before(batchDays), bite)]),
    ...(auditDays === null
      ? []
      : [
          async () =>
            pruneAudit(
              db,
              await before(auditDays),
              contactDays === null ? null : await before(Math.max(auditDays, contactDays)),
              bite,
            ),
        ]),
    ...(contactDays === null
      ? []
      : [
          async () => pruneActivity(db, await before(contactDays), bite),
          async () => pruneContacts(db, await before(contactDays), bite),
        ]),
  ];
}
