import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { permissionIds } from '../../src/access/permissions.ts';
import { createSealing } from '../../src/access/sealing.ts';
import { compileOperation } from '../../src/connect-api/compile-operation.ts';
import { decodeRequest } from '../../src/connect-api/decode-request.ts';
import { encodeResponse } from '../../src/connect-api/encode-response.ts';
import { asModelled } from '../../src/connect-api/error-answer.ts';
import { model } from '../../src/connect-api/model.generated.ts';
import type { Database } from '../../src/database/tables.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createInstance } from '../../src/features/instances/beginnings.ts';
import { insertSecurityProfiles } from '../../src/features/security-profiles/store.ts';
import { insertUsers } from '../../src/features/users/store.ts';
import type { NewUser } from '../../src/features/users/types.ts';
import type { Caller } from '../../src/operations/caller.ts';
import type { Operation } from '../../src/operations/define-operation.ts';
import type { Instance } from '../../src/operations/instance.ts';
import { createRunner } from '../../src/runner.ts';
import { createTestDatabase } from './database.ts';

export const accessKey: Caller = { kind: 'ACCESS_KEY', accessKeyId: 'TESTKEY', actions: ['connect:*'] };

export interface TestInstance {
  readonly db: Kysely<Database>;
  readonly instance: Instance;
  readonly routingProfileId: string;
  /** Ids of the four default security profiles by name. */
  readonly securityProfiles: Readonly<Record<string, string>>;
  /** The clock of every call. Set it, and time has passed. */
  clock: Date;
  /**
   * Calls an operation as a client does: the request is decoded and its constraints are checked, the answer is encoded.
   * @throws OperationError
   */
  call<Answer = Record<string, unknown>>(name: string, input: object, caller?: Caller): Promise<Answer>;
  /** A security profile with these permissions. Answers its id. */
  addSecurityProfile(permissions: readonly string[]): Promise<string>;
  /** A user with what is given; by default an Agent who has a password. Answers the id. */
  addUser(user?: Partial<NewUser>): Promise<string>;
  /** A caller who is signed in and holds these permissions and no others. */
  signedIn(permissions: readonly string[]): Promise<Caller & { kind: 'USER' }>;
  /** What the audit says of a resource, oldest first. */
  audited(resourceId: string): Promise<{ operation: string; change: string; permission: string; details: unknown }[]>;
  close(): Promise<void>;
}

/** An instance as it begins, in a database of its own, with the given operations. */
export async function createTestInstance(
  operations: readonly Operation[],
  options: { readonly identityManagementType?: Instance['identityManagementType']; readonly max?: number } = {},
): Promise<TestInstance> {
  const { db, close } = await createTestDatabase({ max: options.max ?? 4 });
  const instance = await inTransaction(db, (tx) =>
    createInstance(tx, {
      id: randomUUID(),
      region: 'us-east-1',
      accountId: '123456789012',
      alias: null,
      identityManagementType: options.identityManagementType ?? 'CONNECT_MANAGED',
      now: new Date('2026-01-05T08:00:00Z'),
    }),
  );
  const routingProfile = await db.selectFrom('routing_profile').select('id').executeTakeFirstOrThrow();
  const profiles = await db.selectFrom('security_profile').select(['id', 'name']).execute();
  const securityProfiles = Object.fromEntries(profiles.map((profile) => [profile.name, profile.id]));
  const compiled = new Map(operations.map((operation) => [operation.name, compileOperation(operation, model)]));
  const run = createRunner({
    db,
    accountId: instance.accountId,
    publicUrl: () => 'http://localhost',
    now: () => test.clock,
    sealing: createSealing('test'),
  });
  let count = 0;

  const test: TestInstance = {
    db,
    instance,
    routingProfileId: routingProfile.id,
    securityProfiles,
    clock: new Date('2026-01-05T09:00:00Z'),
    async call<Answer>(name: string, input: object, caller: Caller = accessKey) {
      const operation = compiled.get(name);
      if (!operation) throw new Error(`${name} is not among the operations of this test.`);
      const decoded = decodeRequest(operation, requestOf(operation, { InstanceId: instance.id, ...input }));
      const requestId = randomUUID();
      const { operation: declared } = operation;
      const called = run({ operation: declared, input: decoded, caller, region: instance.region, requestId });
      const output = await called.catch((error: unknown) => {
        throw asModelled(operation, error);
      });
      if (operation.output === 'FILE') return output as Answer;
      return JSON.parse(encodeResponse(operation.output, output, true).body) as Answer;
    },
    async addSecurityProfile(permissions) {
      const id = randomUUID();
      await inTransaction(db, (tx) =>
        insertSecurityProfiles(tx, [
          {
            id,
            instanceId: instance.id,
            name: `Profile ${id}`,
            description: null,
            permissions: permissionIds.filter((permission) => permissions.includes(permission)),
            now: test.clock,
            region: instance.region,
          },
        ]),
      );
      return id;
    },
    async addUser(user = {}) {
      count += 1;
      const whole: NewUser = {
        id: randomUUID(),
        username: `user${String(count).padStart(4, '0')}`,
        firstName: 'First',
        lastName: 'Last',
        passwordHash: 'no password has this hash',
        routingProfileId: routingProfile.id,
        securityProfileIds: [securityProfiles.Agent ?? ''],
        ...user,
      };
      await inTransaction(db, (tx) => insertUsers(tx, instance, [whole], test.clock));
      return whole.id;
    },
    async signedIn(permissions) {
      const username = `caller${count + 1}`;
      const profile = await test.addSecurityProfile(permissions);
      const userId = await test.addUser({ username, securityProfileIds: [profile] });
      return { kind: 'USER', userId, username, instanceId: instance.id };
    },
    audited(resourceId) {
      return db
        .selectFrom('audit_entry')
        .select(['operation', 'change', 'permission', 'details'])
        .where('resource_id', '=', resourceId)
        .orderBy('time')
        .execute();
    },
    close,
  };
  return test;
}

/** The request that a client would send for this input. */
function requestOf({ http, query }: ReturnType<typeof compileOperation>, input: Record<string, unknown>) {
  const { ...body } = input;
  const path = http.uri.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = String(input[name]);
    delete body[name];
    return encodeURIComponent(text);
  });
  const parameters = new URLSearchParams();
  for (const { name, wireName } of query) {
    for (const value of [input[name]].flat()) if (value !== undefined) parameters.append(wireName, String(value));
    delete body[name];
  }
  return {
    url: `${path}?${parameters}`,
    headers: { 'content-type': 'application/json' },
    body: http.method === 'GET' ? new Uint8Array() : Buffer.from(JSON.stringify(body)),
  };
}
