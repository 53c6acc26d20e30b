import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { model } from '../../src/connect-api/model.generated.ts';
import { allowedAnyway } from './allowed-anyway.ts';
import { changedTables, digestOf } from './digest.ts';
import { type Answer, type House, offered, openHouse } from './house.ts';
import { allRequestsOf, requestsOf } from './requests.ts';
import { knownIds } from './wrong-ids.ts';
import { type WrongRequest, wrongRequestsFrom } from './wrong-requests.ts';

let house: House;
let sent = 0;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  console.info(`${sent} requests with one thing wrong`);
  await house.close();
});

/** Wrong only in places that earlier requests of the operation do not have. */
async function wrongRequestsOf(operation: CompiledOperation) {
  const built = [];
  for (const request of allRequestsOf(operation)) {
    built.push({ kind: request.kind, input: await request.build(house.world) });
  }
  const known = await knownIds(house.world);
  const made = new Set<string>();
  const wrong: WrongRequest[] = [];
  for (const { input } of built) {
    const derived = wrongRequestsFrom(operation, input, house.world, known);
    wrong.push(...derived.filter(({ place }) => !made.has(place)));
    for (const { place } of derived) made.add(place);
  }
  return { built, wrong };
}

/** Why the answer to a wrong request is not as it should be, null when it is. */
function complaint({ operation }: CompiledOperation, { place, wrong }: WrongRequest, answer: Answer): string | null {
  const { status, code, text } = answer;
  const said = `${place || 'the request'} with ${wrong}: ${status} ${code ?? ''} ${text.slice(0, 300)}`;
  if (status < 400 || status > 499) return said;
  const { __type: type, Message: message } = JSON.parse(text) as Record<string, unknown>;
  if (type !== code || typeof message !== 'string' || message === '') return `${said} (no proper error body)`;
  if (/undefined|\[object|NaN|constraint|relation "|syntax|violates/.test(message)) return `${said} (inner detail)`;
  return expectedCodes(operation.name, place).has(String(code)) ? null : `${said} (not modelled)`;
}

function expectedCodes(name: string, place: string): ReadonlySet<string> {
  const modelled = model.operations[name]?.errors ?? Object.keys(model.errors);
  // Without a proper path there is no operation yet.
  const atTheDoor =
    place === '' || !place.includes('.') ? ['UnknownOperationException', 'MalformedHttpRequestException'] : [];
  return new Set([...modelled, ...atTheDoor]);
}

/** A few at a time: each waits for the database most of its life. */
const atATime = 4;

test.each([...offered.values()].map((operation) => [operation.operation.name, operation] as const))(
  '%s refuses every request with one thing wrong and writes nothing',
  async (name, operation) => {
    const { built, wrong } = await wrongRequestsOf(operation);
    const before = await digestOf(house.db);
    const complaints: string[] = [];
    for (let start = 0; start < wrong.length; start += atATime) {
      await Promise.all(
        wrong.slice(start, start + atATime).map(async (one) => {
          const allowed = allowedAnyway(name, one);
          if (allowed && operation.operation.kind === 'WRITE') return;
          const answer = await house.send(one.request);
          const problem = allowed && answer.status < 500 ? null : complaint(operation, one, answer);
          if (problem) complaints.push(problem);
        }),
      );
    }
    sent += wrong.length;
    const written = changedTables(before, await digestOf(house.db));
    expect({ complaints, written, failures: house.takeFailures() }).toEqual({
      complaints: [],
      written: [],
      failures: [],
    });
    // What they were derived from is right.
    for (const { kind, input } of built) {
      const { status, code, text } = await house.sendInput(name, input);
      const { refused = null } = requestsOf(name);
      expect(code, `the ${kind} request: ${text}`).toBe(refused);
      if (!refused) expect(status, `the ${kind} request: ${text}`).toBe(operation.http.status);
    }
  },
);
