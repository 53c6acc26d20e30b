import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as sdk from '@aws-sdk/client-connect';
import type { HttpHandlerOptions } from '@smithy/core/protocols';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { apiOf } from '../support/api.ts';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';
import { type Input, partsOf, wireOf } from '../support/wire-request.ts';
import { problemsOf } from './answer-shape.ts';
import { offered, offeredOperation } from './house.ts';
import { allRequestsOf, inInstance, requestsOf } from './requests.ts';
import { createWorld, type World } from './world.ts';

let server: LiveServer;
let world: World;
/** The body of the last answer that the SDK read, as it came over the wire. */
let wire = '';
let client: sdk.ConnectClient;

/** A signed request that no SDK has a part in. */
async function fetchSigned(operation: CompiledOperation, input: Input) {
  const { method, url, body } = wireOf(operation, partsOf(operation, input));
  return apiOf(server, server.instance.region).send<unknown>(method, url, body);
}

beforeAll(async () => {
  server = await startLiveServer();
  world = await createWorld(server.database.db, server.instance, async (name, given) => {
    const operation = offeredOperation(name);
    const { status, body } = await fetchSigned(operation, inInstance(operation, server.instance.id, given));
    if (status >= 300) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
    return body as Record<string, unknown>;
  });
  const { requestHandler, ...config } = server.client.config;
  client = new sdk.ConnectClient({
    endpoint: server.url,
    region: server.instance.region,
    credentials: config.credentials,
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: Parameters<typeof requestHandler.handle>[0], options?: HttpHandlerOptions) => {
        const { response } = await requestHandler.handle(request, options);
        const bytes = await buffer(response.body);
        wire = bytes.toString('utf8');
        response.body = Readable.from([bytes]);
        return { response };
      },
    },
  });
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

/** What the SDK made of an answer, with times as the wire has them. */
function asOnTheWire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(asOnTheWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asOnTheWire(inner)]));
}

type CommandClass = new (input: sdk.ListUsersCommandInput) => sdk.ListUsersCommand;

function commandOf(name: string, input: Input): sdk.ListUsersCommand {
  const Command = (sdk as unknown as Record<string, CommandClass | undefined>)[`${name}Command`];
  if (!Command) throw new Error(`The SDK has no command for ${name}.`);
  return new Command(input as unknown as sdk.ListUsersCommandInput);
}

/** Sends the input with the SDK's own command; problems of the answer, a line for each. */
async function problemsOverSdk(operation: CompiledOperation, input: Input): Promise<string[]> {
  const { $metadata, ...read } = await client.send(commandOf(operation.operation.name, input));
  const raw: unknown = JSON.parse(wire);
  expect(asOnTheWire(read), 'the SDK reads all that was sent').toEqual(raw);
  return problemsIn(operation, raw);
}

async function problemsOverFetch(operation: CompiledOperation, input: Input): Promise<string[]> {
  const { status, body } = await fetchSigned(operation, input);
  if (status !== operation.http.status) return [`answered ${status}: ${JSON.stringify(body)}`];
  return problemsIn(operation, body);
}

function problemsIn({ output }: CompiledOperation, answer: unknown): string[] {
  if (typeof output === 'string') return typeof answer === 'string' && answer !== '' ? [] : ['the file is empty'];
  if (output === null) return JSON.stringify(answer) === '{}' ? [] : ['answers something, and should nothing'];
  return problemsOf(output, answer);
}

test.each([...offered.values()].map((operation) => [operation.operation.name, operation] as const))(
  '%s answers its requests as its shapes say',
  async (_, operation) => {
    const problems = operation.operation.extension ? problemsOverFetch : problemsOverSdk;
    for (const { kind, build } of allRequestsOf(operation)) {
      const input = await build(world);
      const { refused } = requestsOf(operation.operation.name);
      const found = await problems(operation, input).catch((error: unknown) =>
        error instanceof sdk.ConnectServiceException && error.name === refused ? [] : [String(error)],
      );
      expect(found, `the ${kind} request ${JSON.stringify(input)}`).toEqual([]);
    }
    expect(server.failures).toEqual([]);
  },
);
