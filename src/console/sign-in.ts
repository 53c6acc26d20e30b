import { inTransaction } from '../database/transaction.ts';
import { findInstanceByAlias, listAliases } from '../features/instances/store.ts';
import { hashPassword, verifyPassword } from '../features/users/passwords.ts';
import type { Db } from '../operations/define-operation.ts';
import { insertSession } from './session-store.ts';
import { countAttempt, forgetAttempts } from './sign-in-failures.ts';

export type SignIn =
  | { readonly outcome: 'SIGNED_IN'; readonly token: string }
  | { readonly outcome: 'WRONG' }
  | { readonly outcome: 'TOO_MANY' };

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

/** Checks a login and its password and makes a session. The three outcomes say no more than an attacker may know. */
export async function signIn(
  db: Db,
  given: { readonly alias: string | null; readonly username: string; readonly password: string },
  defaultAlias: string,
  now: Date,
): Promise<SignIn> {
  const instance = await findInstanceByAlias(db, given.alias ?? (await unsaidAlias(db, defaultAlias)));
  if (!instance) {
    await verifyPassword(await nobody, given.password);
    return { outcome: 'WRONG' };
  }
  if (!(await countAttempt(db, instance.id, given.username, now))) return { outcome: 'TOO_MANY' };
  const user = await db
    .selectFrom('users')
    .select(['id', 'password_hash'])
    .where('instance_id', '=', instance.id)
    .where('username', '=', given.username)
    .executeTakeFirst();
  const right = await verifyPassword(user?.password_hash ?? (await nobody), given.password);
  if (!user?.password_hash || !right) return { outcome: 'WRONG' };
  const { id } = user;
  const token = await inTransaction(db, async (tx) => {
    // The user may have been deleted while the password was being checked; the lock makes that wait or shows it.
    const there = await tx.selectFrom('users').select('id').where('id', '=', id).forKeyShare().executeTakeFirst();
    return there ? insertSession(tx, { id, instanceId: instance.id }, now) : null;
  });
  if (!token) return { outcome: 'WRONG' };
  await forgetAttempts(db, instance.id, given.username);
  return { outcome: 'SIGNED_IN', token };
}
