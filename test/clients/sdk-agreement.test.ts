import { Readable } from 'node:stream';
import * as sdk from '@aws-sdk/client-connect';
import type { HttpRequest } from '@smithy/core/protocols';
import { buildQueryString, HttpResponse } from '@smithy/core/protocols';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileOperation } from '../../src/connect-api/compile-operation.ts';
import { decodeRequest } from '../../src/connect-api/decode-request.ts';
import { encodeResponse } from '../../src/connect-api/encode-response.ts';
import { model } from '../../src/connect-api/model.generated.ts';
import { methodsFor, routeTable } from '../../src/connect-api/route-table.ts';
import { openSignature } from '../../src/connect-api/sigv4.ts';
import type { Operation } from '../../src/operations/define-operation.ts';
import { accessKey } from './fake-connect.ts';
import { structureValue } from './model-values.ts';

/** What the SDK is about to send, and what it is given back. */
interface Exchange {
  request?: HttpRequest;
  answer: { status: number; headers: Record<string, string>; body: string };
}

function clientFor(exchange: Exchange) {
  return new sdk.ConnectClient({
    region: 'eu-west-2',
    endpoint: 'http://127.0.0.1:1',
    credentials: accessKey,
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: HttpRequest) => {
        exchange.request = request;
        const { status, headers, body } = exchange.answer;
        return {
          response: new HttpResponse({ statusCode: status, headers, body: Readable.from([Buffer.from(body)]) }),
        };
      },
    },
  });
}

type Command = ConstructorParameters<typeof sdk.ListUsersCommand>[0];
type CommandClass = new (input: Command) => sdk.ListUsersCommand;

function commandOf(name: string, input: Record<string, unknown>): sdk.ListUsersCommand {
  const Command = (sdk as unknown as Record<string, CommandClass | undefined>)[`${name}Command`];
  if (!Command) throw new Error(`no command ${name}`);
  return new Command(input as unknown as Command);
}

const declared = (name: string) => ({ name, kind: 'READ', extension: null, constraints: {} }) as unknown as Operation;

const names = Object.keys(model.operations);
const compiled = new Map(names.map((name) => [name, compileOperation(declared(name), model)]));
const routes = routeTable([], model);

test('what the SDK sends for every operation of the model is verified, routed and decoded to what it was given', async () => {
  const exchange: Exchange = { answer: { status: 200, headers: {}, body: '{}' } };
  const client = clientFor(exchange);
  for (const [name, operation] of compiled) {
    const input = model.operations[name]?.input;
    await fc.assert(
      fc.asyncProperty(input ? structureValue(input) : fc.constant({}), async (given) => {
        await client.send(commandOf(name, given));
        const request = exchange.request;
        if (!request) throw new Error('nothing was sent');
        const query = buildQueryString(request.query);
        const url = request.path + (query ? `?${query}` : '');
        const body = Buffer.from(request.body ?? '');
        const lower = Object.entries(request.headers).map(([key, value]) => [key.toLowerCase(), value]);
        const headers = Object.fromEntries(lower);
        const wire = { method: request.method, url, headers };

        const signature = await openSignature(
          wire,
          async () => ({
            secret: accessKey.secretAccessKey,
            caller: { kind: 'ACCESS_KEY', accessKeyId: 'x', actions: [] },
          }),
          new Date(),
        );
        signature.verify(body);
        expect(signature.region).toBe('eu-west-2');
        expect(methodsFor(routes, request.path)).toContain(operation.http.method);
        expect(decodeRequest(operation, { url, headers, body })).toEqual(given);
      }),
      { numRuns: 6 },
    );
  }
});

test('the SDK reads every answer of the model as the handler gave it', async () => {
  const exchange: Exchange = { answer: { status: 200, headers: {}, body: '{}' } };
  const client = clientFor(exchange);
  for (const [name, { output }] of compiled) {
    const shape = model.operations[name]?.output;
    const input = model.operations[name]?.input;
    const [anyInput] = input ? fc.sample(structureValue(input), { numRuns: 1, seed: 1 }) : [{}];
    await fc.assert(
      fc.asyncProperty(shape ? structureValue(shape) : fc.constant({}), async (answered) => {
        if (typeof output === 'string') throw new Error('the model has no files');
        exchange.answer = { status: 200, ...encodeResponse(output, answered, true) };
        const { $metadata, ...read } = await client.send(commandOf(name, anyInput ?? {}));
        expect(read).toEqual(answered);
      }),
      { numRuns: 6 },
    );
  }
});
