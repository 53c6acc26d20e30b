import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { updateOf } from '../audit/change.ts';
import { audit } from '../audit/store.ts';
import { checkConstraint } from '../connect-api/check-constraint.ts';
import { parseBody } from '../connect-api/decode-request.ts';
import { RefusedValue } from '../connect-api/refused-value.ts';
import { boundLockWaits } from '../database/clock.ts';
import { inTransaction } from '../database/transaction.ts';
import { endSessions, type Session, sessionsOf } from '../features/sessions/store.ts';
import { hashPassword, verifyPassword } from '../features/users/passwords.ts';
import { passwordConstraint } from '../features/users/rules.ts';
import { lockUser, updatePasswordHash } from '../features/users/store.ts';
import { isUuid } from '../operations/arn.ts';
import { length } from '../operations/constraints.ts';
import { accessDenied, invalidParameter, invalidRequest, OperationError } from '../operations/errors.ts';
import { allowedFailures, type SignInOptions } from './sign-in.ts';
import { type Counted, countAttempt, forgive } from './sign-in-attempts.ts';
import { auditLockout, byThemselves, logEnds, type Origin, personOf, signOut } from './sign-in-audit.ts';

/** What My account asks for, with its methods. */
export const accountDoors: readonly (readonly [string, readonly string[]])[] = [
  ['/console/api/sessions', ['DELETE', 'GET']],
  ['/console/api/password', ['PUT']],
];

interface AccountDoor {
  readonly originOf: (request: FastifyRequest) => Origin;
  /** The session that a request comes with, and where it changes something the token too. @throws for none */
  readonly signedIn: (request: FastifyRequest) => Promise<Session>;
}

/** What everybody may do about their own account, whatever their security profiles say: no operations, as signing in is none. */
export function registerAccount(scope: FastifyInstance, options: SignInOptions, door: AccountDoor): void {
  const { db, now, log } = options;

  scope.get('/api/sessions', async (request) => {
    const session = await door.signedIn(request);
    return describe(session, await sessionsOf(db, session.userId, await now(db)));
  });

  /** All of one's own but this. */
  scope.delete('/api/sessions', async (request) => {
    const session = await door.signedIn(request);
    const others = sql`s.id <> ${session.id}`;
    return { Ended: await signOut(db, session, door.originOf(request), await now(db), log, others) };
  });

  scope.delete<{ Params: { sessionId: string } }>('/api/sessions/:sessionId', async (request, reply) => {
    const session = await door.signedIn(request);
    const { sessionId } = request.params;
    if (!isUuid(sessionId)) throw invalidParameter('SessionId must be the id of a session.');
    // One that has ended by itself is what was wanted.
    await signOut(db, session, door.originOf(request), await now(db), log, sql`s.id = ${sessionId}`);
    return reply.code(204).send();
  });

  scope.put('/api/password', async (request, reply) => {
    const session = await door.signedIn(request);
    await changePassword(options, session, passwordsIn(request.body), door.originOf(request));
    return reply.code(204).send();
  });
}

/** What My account hears of one's own sessions, newest first. */
export type SessionsAnswer = ReturnType<typeof describe>;

function describe(own: Session, sessions: Awaited<ReturnType<typeof sessionsOf>>) {
  return {
    Sessions: sessions.map(({ id, signInTime, expiresTime, address }) => ({
      Id: id,
      SignInTime: signInTime.getTime() / 1000,
      ExpiresTime: expiresTime.getTime() / 1000,
      Address: address,
      Current: id === own.id,
    })),
  };
}

/**
 * Whoever sits down at somebody's open session must not guess at leisure: what is tried here counts with what is tried at
 * the sign-in. All other sessions end: one of them may be why.
 */
async function changePassword(options: SignInOptions, session: Session, given: Passwords, origin: Origin) {
  const { db, now, digest, log } = options;
  const user = personOf(session);
  const { password_hash: before } = await db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', user.id)
    .executeTakeFirstOrThrow();
  if (before === null) throw invalidRequest('Users of this instance sign in elsewhere and have no password here.');
  const login: Counted = {
    digest: digest(JSON.stringify(['login', user.instanceId, user.username])),
    allowed: allowedFailures,
  };
  const attempt = await countAttempt(db, [login], await now(db));
  if (attempt.outcome === 'TOO_MANY') {
    throw new OperationError(
      'ThrottlingException',
      'There were too many attempts with this login. Try again in ten minutes.',
    );
  }
  if (!(await verifyPassword(before, given.current))) {
    for (const { until } of attempt.last) await auditLockout(options, user, origin, until);
    throw accessDenied('The current password is not right.');
  }
  await forgive(db, login, []);
  if (given.current === given.next)
    throw invalidParameter('NewPassword must be another one than the current password.');
  const hash = await hashPassword(given.next);
  const time = await now(db);
  const ended = await inTransaction(db, async (tx) => {
    await boundLockWaits(tx);
    const there = await lockUser(tx, user.instanceId, user.id);
    if (!there) throw accessDenied('You are not a user of this instance any more.');
    await updatePasswordHash(tx, user.id, hash, { time, region: session.region });
    const others = await endSessions(tx, sql`s.user_id = ${user.id} and s.id <> ${session.id}`, 'PASSWORD_RESET');
    const change = updateOf('agent', { id: user.id, name: user.username }, { Password: {} });
    await audit(tx, { ...byThemselves(user, 'ChangePassword', origin, time), changes: [change, ...others] });
    return others;
  });
  logEnds(log, ended, origin);
}

interface Passwords {
  readonly current: string;
  readonly next: string;
}

/** What My account sends to change the password. */
export interface PasswordRequest {
  readonly CurrentPassword: string;
  readonly NewPassword: string;
}

/** @throws OperationError that says no more of what was typed than which of them it is */
function passwordsIn(body: unknown): Passwords {
  try {
    const given: { readonly [Member in keyof PasswordRequest]?: unknown } = parseBody(
      Buffer.isBuffer(body) ? body : new Uint8Array(),
    );
    const text = (member: keyof PasswordRequest) => {
      const value = given[member];
      if (typeof value !== 'string') throw new RefusedValue(`${member} must be given.`);
      checkConstraint(member === 'NewPassword' ? passwordConstraint : length(1, 64), value, member);
      return value;
    };
    return { current: text('CurrentPassword'), next: text('NewPassword') };
  } catch (error) {
    if (error instanceof RefusedValue) throw invalidParameter(error.message);
    throw error;
  }
}
