import type { Digest } from '../access/sealing.ts';
import type { RefusalCounter } from '../audit/refusals.ts';
import type { Clock } from '../database/clock.ts';
import { boundLockWaits } from '../database/clock.ts';
import type { Db } from '../database/db.ts';
import { inTransaction } from '../database/transaction.ts';
import { beginWebsiteSession } from '../features/agent-activity/website-sessions.ts';
import { findInstanceByAlias, listAliases } from '../features/instances/store.ts';
import { endReplaced, insertSession } from '../features/sessions/store.ts';
import { admitSignIn, hashPassword, verifyPassword } from '../features/users/passwords.ts';
import type { Instance } from '../operations/instance.ts';
import { clientNetwork } from '../remote-address.ts';
import { type Counted, countAttempt, forgive } from './sign-in-attempts.ts';
import {
  auditEnds,
  auditLockout,
  auditSignIn,
  logEnds,
  type Origin,
  type Person,
  type SignInLog,
} from './sign-in-audit.ts';

export interface SignInOptions {
  readonly db: Db;
  readonly now: Clock;
  readonly defaultAlias: string;
  readonly digest: Digest;
  /** Wrong passwords from one address within ten minutes, before it has to wait. */
  readonly failuresPerAddress: number;
  readonly refusals: Pick<RefusalCounter, 'count'>;
  readonly log: SignInLog;
}

export interface Credentials {
  readonly alias: string | null;
  readonly username: string;
  readonly password: string;
}

export type SignIn =
  | { readonly outcome: 'SIGNED_IN'; readonly token: string }
  | { readonly outcome: 'WRONG' }
  | { readonly outcome: 'TOO_MANY'; readonly until: Date }
  /** Too many are signing in at this moment. */
  | { readonly outcome: 'CROWDED' };

/** So many wrong passwords for one login within the window, and it has to wait until the window is over. */
export const allowedFailures = 10;
/** So many right ones: whoever has a password cannot fill the disk with sessions either. */
export const allowedSignIns = 100;

// A login that does not exist costs as much time as one that does, so that logins cannot be told apart from outside.
const nobody = hashPassword('Nobody-has-this-password-0');

/** Of the instance that is meant by who names none: the only one that there is, else the first one. */
async function unsaidAlias(db: Db, defaultAlias: string): Promise<string> {
  const [only, another] = await listAliases(db, 2);
  return only !== undefined && another === undefined ? only : defaultAlias;
}

/** Whether people have to say which instance they mean. */
export async function asksForAlias(db: Db): Promise<boolean> {
  return (await listAliases(db, 2)).length > 1;
}

/**
 * Checks a login and its password and makes a session. The outcomes say no more than an attacker may know: an unknown
 * login, and one of an unknown instance, is counted and has to wait like any other.
 * @param before the token that the browser has already, whose session the new one replaces
 */
export async function signIn(
  options: SignInOptions,
  given: Credentials,
  origin: Origin,
  before: string | null = null,
): Promise<SignIn> {
  const admitted = await admitSignIn(() => signInAdmitted(options, given, origin, before));
  if (admitted) return admitted;
  countRefusal(options, origin, 'CROWDED');
  return { outcome: 'CROWDED' };
}

async function signInAdmitted(
  options: SignInOptions,
  given: Credentials,
  origin: Origin,
  before: string | null,
): Promise<SignIn> {
  const { db, digest } = options;
  const alias = given.alias ?? (await unsaidAlias(db, options.defaultAlias));
  const instance = await findInstanceByAlias(db, alias);
  const place = instance?.id ?? alias.toLowerCase();
  const login: Counted = {
    digest: digest(JSON.stringify(['login', place, given.username])),
    allowed: allowedFailures,
  };
  const network: Counted = {
    digest: digest(JSON.stringify(['address', clientNetwork(origin.address)])),
    allowed: options.failuresPerAddress,
  };
  const attempt = await countAttempt(db, [login, network], await options.now(db));
  if (attempt.outcome === 'TOO_MANY') {
    countRefusal(options, origin, 'LOCKED_OUT');
    return attempt;
  }

  const user = await userOf(db, instance, given.username);
  const right = await verifyPassword(user?.passwordHash ?? (await nobody), given.password);
  if (!user?.passwordHash || !right) {
    countRefusal(options, origin, user ? 'WRONG_PASSWORD' : 'UNKNOWN_LOGIN', user);
    for (const { counted, until } of attempt.last) {
      if (counted === network) await auditLockout(options, null, origin, until);
      // There is nothing to be said of a login that does not exist: it may be a password.
      else if (user) await auditLockout(options, user, origin, until);
    }
    return { outcome: 'WRONG' };
  }
  await forgive(db, login, [network]);
  const mine: Counted = { digest: digest(JSON.stringify(['user', user.id])), allowed: allowedSignIns };
  const often = await countAttempt(db, [mine], await options.now(db));
  if (often.outcome === 'TOO_MANY') {
    countRefusal(options, origin, 'TOO_OFTEN', user);
    return often;
  }
  const now = await options.now(db);
  const session = await inTransaction(db, async (tx) => {
    await boundLockWaits(tx);
    // The user may have been deleted while the password was being checked; the lock makes that wait or shows it.
    const there = await tx.selectFrom('users').select('id').where('id', '=', user.id).forKeyShare().executeTakeFirst();
    if (!there) return null;
    const replaced = before === null ? [] : await endReplaced(tx, before, now);
    await auditEnds(tx, replaced, 'session replaced', origin, now);
    const inserted = await insertSession(tx, user, now, origin.address);
    await beginWebsiteSession(tx, user, now);
    await auditSignIn(tx, user, inserted, origin, now);
    return { ...inserted, ended: [...replaced, ...inserted.ended] };
  });
  if (!session) return { outcome: 'WRONG' };
  const { id: userId, username } = user;
  options.log.info({ username, userId, sessionId: session.id, ...origin }, 'A user has signed in');
  logEnds(options.log, session.ended, origin);
  return { outcome: 'SIGNED_IN', token: session.token };
}

/** For its address, and if it is somebody's login for that user too. */
function countRefusal({ refusals }: SignInOptions, { address }: Origin, reason: string, user: Person | null = null) {
  const counted = { kind: 'SIGN_IN', address: clientNetwork(address), reason } as const;
  refusals.count({ ...counted, caller: null });
  if (user) refusals.count({ ...counted, caller: { type: 'USER', id: user.id, name: user.username } });
}

/** The id of no instance. */
const nowhere = { id: '00000000-0000-0000-0000-000000000000' };

async function userOf(db: Db, instance: Pick<Instance, 'id'> | null, username: string) {
  if (!instance) {
    // The same work as where there is one: neither words nor times tell which aliases there are.
    await userOf(db, nowhere, username);
    return null;
  }
  const row = await db
    .selectFrom('users')
    .select(['id', 'password_hash'])
    .where('instance_id', '=', instance.id)
    .where('username', '=', username)
    .executeTakeFirst();
  return row ? { id: row.id, username, instanceId: instance.id, passwordHash: row.password_hash } : null;
}
