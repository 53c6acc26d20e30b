import { randomBytes, randomUUID } from 'node:crypto';
import { audit, wasInstanceDeleted } from './audit/store.ts';
import type { Config } from './config.ts';
import type { Db } from './database/db.ts';
import { inTransaction } from './database/transaction.ts';
import { createInstance } from './features/instances/beginnings.ts';
import { findInstanceByAlias, listAliases } from './features/instances/store.ts';
import { createdUser } from './features/users/changes.ts';
import { hashPassword } from './features/users/passwords.ts';
import { insertUsers } from './features/users/store.ts';

export interface FirstStart {
  readonly adminUsername: string;
  /** Null when it was given by CORDBOARD_ADMIN_PASSWORD: then whoever started knows it. */
  readonly adminPassword: string | null;
}

/**
 * Makes the first instance and its administrator, in one transaction, unless there is an instance with the alias. One
 * that was deleted with DeleteInstance is not made again as long as there is another instance.
 * @returns null when nothing had to be made
 */
export async function prepareInstance(db: Db, config: Config, now: Date): Promise<FirstStart | null> {
  if (await findInstanceByAlias(db, config.instanceAlias)) return null;
  if ((await listAliases(db, 1)).length > 0 && (await wasInstanceDeleted(db, config.instanceAlias))) return null;
  const password = config.adminPassword ?? randomPassword();
  const passwordHash = await hashPassword(password);
  try {
    await inTransaction(db, async (tx) => {
      const instance = await createInstance(tx, {
        id: randomUUID(),
        region: config.region,
        accountId: config.accountId,
        alias: config.instanceAlias,
        identityManagementType: 'CONNECT_MANAGED',
        now,
      });
      const find = (table: 'security_profile' | 'routing_profile', name: string) =>
        tx
          .selectFrom(table)
          .select('id')
          .where('instance_id', '=', instance.id)
          .where('name', '=', name)
          .executeTakeFirstOrThrow();
      const admin = {
        id: randomUUID(),
        username: config.adminUsername,
        firstName: 'First',
        lastName: 'Administrator',
        passwordHash,
        routingProfileId: (await find('routing_profile', 'Basic Routing Profile')).id,
        securityProfileIds: [(await find('security_profile', 'Admin')).id],
      };
      await insertUsers(tx, instance, [admin], now);
      await audit(tx, {
        instanceId: instance.id,
        time: now,
        operation: 'CreateUser',
        actor: { type: 'SYSTEM', id: 'cordboard', name: 'Cordboard' },
        permission: 'first start',
        requestId: randomUUID(),
        changes: [createdUser(admin)],
      });
    });
  } catch (error) {
    // Another server on the same database was quicker; its start has shown the password.
    if (await findInstanceByAlias(db, config.instanceAlias)) return null;
    throw error;
  }
  return { adminUsername: config.adminUsername, adminPassword: config.adminPassword ? null : password };
}

/** 18 characters of which nobody confuses two, with a letter of each case and a digit, as Connect's rules ask. */
export function randomPassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  for (;;) {
    const text = [...randomBytes(18)].map((byte) => alphabet[byte % alphabet.length]).join('');
    if (/[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text)) return text;
  }
}
