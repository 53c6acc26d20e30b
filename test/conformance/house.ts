import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { type CompiledOperation, compileOperation } from '../../src/connect-api/compile-operation.ts';
import { model } from '../../src/connect-api/model.generated.ts';
import { registerConnectApi } from '../../src/connect-api/server.ts';
import { connectApiServerOptions } from '../../src/connect-api/server-options.ts';
import type { Db } from '../../src/database/db.ts';
import type { Caller, UserCaller } from '../../src/operations/caller.ts';
import type { Instance } from '../../src/operations/instance.ts';
import { allOperations } from '../../src/operations.ts';
import { assembleForTest } from '../support/assembled.ts';
import { makeInstance } from '../support/centre.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Input, partsOf, type SentRequest, wireOf } from '../support/wire-request.ts';
import { inInstance } from './requests.ts';
import { createWorld, type World } from './world.ts';

/** Every operation that is offered, by name, ready for the codec. */
export const offered: ReadonlyMap<string, CompiledOperation> = new Map(
  allOperations.map((operation) => [operation.name, compileOperation(operation, model)]),
);

export function offeredOperation(name: string): CompiledOperation {
  const operation = offered.get(name);
  if (!operation) throw new Error(`There is no operation ${name}.`);
  return operation;
}

export interface Answer {
  readonly status: number;
  /** The error's name, null for a success. */
  readonly code: string | null;
  readonly text: string;
}

/** The whole API in this process, with an instance that has one of everything, and a caller for each request. */
export interface House {
  readonly db: Db;
  readonly world: World;
  /** The same in another instance. */
  newWorld(): Promise<World>;
  /** What went wrong inside since the last look. */
  takeFailures(): unknown[];
  /** As the access key that may do everything, if nobody else is named. */
  send(request: SentRequest, caller?: Caller): Promise<Answer>;
  sendInput(name: string, input: Input, caller?: Caller): Promise<Answer>;
  close(): Promise<void>;
}

const everythingKey: Caller = { kind: 'ACCESS_KEY', accessKeyId: 'TESTKEY', actions: ['connect:*'] };

export async function openHouse(): Promise<House> {
  const database = await createTestDatabase({ max: 4 });
  const { db } = database;
  const instance = await makeInstance(db, 'conformance');
  const failures: unknown[] = [];
  const callers = new Map<string, Caller>();
  const now = () => new Date();
  const app = Fastify({ ...connectApiServerOptions() });
  await registerConnectApi(app, {
    // Requests leave batches behind that nobody works on.
    ...assembleForTest({ db, batchLimits: { batches: 100_000, records: 100_000_000 } }),
    now,
    // Everything but the signature is as it is for a client; signatures have tests of their own. The wire hands a caller
    // on without looking at it, so this may be an access key too.
    authenticateSession: async (request) => {
      const caller = callers.get(String(request.headers['x-test-caller']));
      return caller ? { caller: caller as UserCaller, region: instance.region } : null;
    },
    log: { error: (entry: unknown) => void failures.push(entry) },
    strict: true,
  });
  await app.ready();

  const send: House['send'] = async ({ method, url, body }, caller = everythingKey) => {
    const id = randomUUID();
    callers.set(id, caller);
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: { 'x-test-caller': id, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { payload: body }),
    });
    callers.delete(id);
    const code = answer.headers['x-amzn-errortype'];
    return { status: answer.statusCode, code: typeof code === 'string' ? code : null, text: answer.body };
  };
  const sendInput: House['sendInput'] = (name, input, caller) => {
    const operation = offeredOperation(name);
    return send(wireOf(operation, partsOf(operation, inInstance(operation, instance.id, input))), caller);
  };
  let worlds = 1;
  const worldIn = (place: Instance) => {
    return createWorld(db, place, async (name, input) => {
      const answer = await sendInput(name, inInstance(offeredOperation(name), place.id, input));
      if (answer.status >= 300) throw new Error(`${name} answered ${answer.status}: ${answer.text}`);
      return JSON.parse(answer.text);
    });
  };
  const world = await worldIn(instance);
  return {
    db,
    world,
    newWorld: async () => {
      worlds += 1;
      return worldIn(await makeInstance(db, `world-${worlds}`));
    },
    takeFailures: () => failures.splice(0),
    send,
    sendInput,
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}
