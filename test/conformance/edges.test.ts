import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { type Input, partsOf, type RequestParts, wireOf } from '../support/wire-request.ts';
import { type Edge, edgesOf } from './edge-requests.ts';
import { type House, offered, openHouse } from './house.ts';
import { allRequestsOf, type BuiltRequest, requestsOf } from './requests.ts';
import type { World } from './world.ts';

let house: House;
let sent = 0;
let accepted = 0;
let described = 0;
beforeAll(async () => {
  house = await openHouse();
  crowded = house.world;
});
afterAll(async () => {
  console.info(
    `${sent} requests at an edge, of which ${accepted} were accepted; ${described} descriptions of what they left`,
  );
  await house.close();
});

/** Where requests are built at the moment. */
let crowded: World;
let built = 0;
/** Instances have quotas, so now and then another one is taken. */
const mostBuilt = 60;

async function roomyWorld(): Promise<World> {
  built += 1;
  if (built % mostBuilt === 0) crowded = await house.newWorld();
  return crowded;
}

/** A user batch searches as SearchUsers does, whose edges these are. */
const elsewhere = /^Search\./;

/** Each edge once, with the request that has it. */
async function edgesIn(operation: CompiledOperation): Promise<{ edge: Edge; request: BuiltRequest }[]> {
  const found: { edge: Edge; request: BuiltRequest }[] = [];
  const places = new Set<string>();
  for (const request of allRequestsOf(operation)) {
    const edges = edgesOf(operation, await request.build(await roomyWorld()));
    found.push(
      ...edges.filter(({ place }) => !places.has(place) && !elsewhere.test(place)).map((edge) => ({ edge, request })),
    );
    for (const { place } of edges) places.add(place);
  }
  return found;
}

const readers = [...offered.values()].filter(
  ({ operation }) => operation.kind === 'READ' && /^Describe/.test(operation.name),
);

/** What describes the thing that a request has in its path, or whose new id is in the answer. */
function describing(operation: CompiledOperation, { labels }: RequestParts, text: string, InstanceId: string) {
  const made = operation.http.method === 'PUT' ? Object.entries(JSON.parse(text) as Input) : [];
  const known: Input = { InstanceId, ...labels, ...Object.fromEntries(made) };
  return readers.flatMap((reader) => {
    const needed = reader.labels.map(({ member }) => member.name);
    const own = needed.filter((name) => name !== 'InstanceId');
    if (own.length === 0 || !own.every((name) => typeof known[name] === 'string')) return [];
    return [{ reader, input: Object.fromEntries(needed.map((name) => [name, known[name]])) }];
  });
}

/** What is at the edge may be accepted, and some of it is refused for another reason; but nothing breaks. */
async function broken(operation: CompiledOperation): Promise<string[]> {
  const complaints: string[] = [];
  const unused = new Map<BuiltRequest, Input>();
  for (const { edge, request } of await edgesIn(operation)) {
    const input = unused.get(request) ?? (await request.build(await roomyWorld()));
    const parts = edge.put(partsOf(operation, input));
    const { status, text } = await house.send(wireOf(operation, parts));
    sent += 1;
    if (status >= 500) complaints.push(`${edge.place} with ${edge.what}: ${status} ${text}`);
    // What was refused is as good as new.
    if (status < 300 && operation.operation.kind === 'WRITE') unused.delete(request);
    else unused.set(request, input);
    if (status >= 300) continue;
    accepted += 1;
    if (operation.operation.kind === 'READ' || typeof operation.output === 'string') continue;
    for (const { reader, input: about } of describing(operation, parts, text, String(input.InstanceId))) {
      described += 1;
      const read = await house.sendInput(reader.operation.name, about);
      if (read.status >= 500)
        complaints.push(`${reader.operation.name} after ${edge.place} with ${edge.what}: ${read.text}`);
    }
  }
  return complaints;
}

test.each([...offered.values()].map((operation) => [operation.operation.name, operation] as const))(
  '%s takes or refuses whatever its shapes allow, and what it took can be read',
  async (_, operation) => {
    const complaints = await broken(operation);
    expect({ complaints, failures: house.takeFailures() }).toEqual({ complaints: [], failures: [] });
  },
);

test('lists and searches show what was accepted', async () => {
  const unreadable: string[] = [];
  for (const [name, { operation }] of offered) {
    if (operation.kind !== 'READ' || !/^(List|Search)/.test(name) || requestsOf(name).refused) continue;
    const [, minimal] = allRequestsOf(offered.get(name) as CompiledOperation);
    const { status, text } = await house.sendInput(name, (await minimal?.build(crowded)) ?? {});
    if (status >= 300) unreadable.push(`${name}: ${text}`);
  }
  expect({ unreadable, failures: house.takeFailures() }).toEqual({ unreadable: [], failures: [] });
});
