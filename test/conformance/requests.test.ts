import { afterAll, beforeAll, expect, test } from 'vitest';
import { allOperations } from '../../src/operations.ts';
import { placesIn, placesOf } from './coverage.ts';
import { type House, offered, openHouse } from './house.ts';
import { allRequestsOf, requestsOf, requestTable } from './requests.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

test('every operation that is offered has a full and a minimal request', () => {
  const without = allOperations.map(({ name }) => name).filter((name) => !Object.hasOwn(requestTable, name));
  expect(without, 'add their requests to test/conformance/requests').toEqual([]);
});

test('no request is for an operation that is not offered', () => {
  expect(Object.keys(requestTable).filter((name) => !offered.has(name))).toEqual([]);
});

test('every member of every operation is in one of its requests, or left out for a reason', async () => {
  const missing: Record<string, string[]> = {};
  for (const [name, operation] of offered) {
    const inputs = [];
    for (const { build } of allRequestsOf(operation)) inputs.push(await build(house.world));
    const filled = placesIn(operation, inputs);
    const leftOut = Object.keys(requestsOf(name).leftOut ?? {});
    expect(
      leftOut.filter((place) => filled.has(place)),
      `${name} leaves out what it has`,
    ).toEqual([]);
    const gaps = [...placesOf(operation)].filter((place) => !filled.has(place) && !leftOut.includes(place));
    if (gaps.length > 0) missing[name] = gaps;
  }
  expect(missing).toEqual({});
});
