import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { runRange } from '../../src/features/user-batches/run-range.ts';
import type { Input } from '../support/wire-request.ts';
import { type House, offered, openHouse } from './house.ts';
import { allRequestsOf } from './requests.ts';
import type { World } from './world.ts';

/*
 * What the audit says of a change has one form for every operation: {Changes: {Member: {Old, New}}}, of a creation or a
 * deletion the snapshot. Every writing operation is sent its requests, and the entries that each writes are looked at.
 */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** What the world's requests give as a password, and what an answer gave as a secret. */
const secrets = new Set(['User-Password-1']);

/** For operations whose requests ask for what is so already. */
const changing: Readonly<Record<string, (world: World) => Input>> = {
  UpdateUserProficiencies: ({ user, attribute }) => ({
    UserId: user,
    UserProficiencies: [{ AttributeName: attribute, AttributeValue: 'Gold', Level: 1 }],
  }),
  UpdateContactFlowContent: ({ flow, instance }) => ({
    ContactFlowId: `${flow}:$SAVED`,
    Content: JSON.stringify({ draft: instance.id }),
  }),
};

/** What has changed is said of these, and not what it was or is: a secret, and what customers told. */
const isWithheld = (member: string) => member === 'Password' || member.startsWith('Attributes.');

const entriesSince = async (known: ReadonlySet<string>) => {
  const rows = await house.db.selectFrom('audit_entry').selectAll().execute();
  return rows.filter(({ id }) => !known.has(id));
};
type Entry = Awaited<ReturnType<typeof entriesSince>>[number];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with an entry, a line for each. */
function problemsOf({ change, details, resource_type, operation }: Entry): string[] {
  const of = `${operation}: ${change} ${resource_type}`;
  const text = JSON.stringify(details) ?? '';
  const told = [...secrets].filter((secret) => text.includes(secret)).map(() => `${of} tells a secret`);
  if (!isObject(details) || Object.keys(details).length === 0) return [...told, `${of} says nothing`];
  if (/"(Before|After)"/.test(text)) told.push(`${of} has Before and After: ${text}`);
  const oddNames = (of: object) => Object.keys(of).filter((name) => !/^[A-Z][A-Za-z0-9_]*$/.test(name));
  if (change !== 'UPDATED') {
    const { Changes, ...snapshot } = details;
    const none = Object.entries(snapshot).flatMap(([name, value]) => (value === null ? [name] : []));
    const odd = [...oddNames(snapshot), ...none, ...(Changes === undefined ? [] : ['Changes'])];
    return [...told, ...odd.map((name) => `${of} has the member ${name}: ${text}`)];
  }
  const { Changes, ...others } = details;
  if (!isObject(Changes) || Object.keys(Changes).length === 0 || Object.keys(others).length > 0) {
    return [...told, `${of} is not {Changes: {Member: {Old, New}}}: ${text}`];
  }
  return [
    ...told,
    ...oddNames(Changes)
      .filter((name) => !isWithheld(name))
      .map((name) => `${of} has the member ${name}: ${text}`),
    ...Object.entries(Changes).flatMap(([name, values]) => {
      const which = isObject(values) ? Object.keys(values).toSorted().join() : '?';
      if (isWithheld(name)) return which === '' ? [] : [`${of} has values of ${name}`];
      if (which !== 'New,Old' || !isObject(values)) return [`${of}: ${name} is not {Old, New}: ${text}`];
      return isDeepStrictEqual(values.Old, values.New) ? [`${of}: ${name} has not changed: ${text}`] : [];
    }),
  ];
}

const writing = [...offered.values()].filter(({ operation }) => operation.kind === 'WRITE');

/** Whatever stands in an answer under a name like SecretAccessKey. */
function keepSecrets(answer: string): void {
  for (const [, secret] of answer.matchAll(/"[^"]*(?:Secret|Password)[^"]*":"([^"]{8,})"/g))
    if (secret) secrets.add(secret);
}

test.each(writing.map((operation) => [operation.operation.name, operation] as const))(
  '%s is audited in the one dialect',
  async (name, operation: CompiledOperation) => {
    const problems: string[] = [];
    let written = 0;
    let refused = false;
    const others = Object.entries(changing).flatMap(([one, build]) => (one === name ? [{ build }] : []));
    for (const { build } of [...allRequestsOf(operation), ...others]) {
      const input: Input = await build(house.world);
      const known = new Set((await entriesSince(new Set())).map(({ id }) => id));
      const { status, text } = await house.sendInput(name, input);
      keepSecrets(text);
      if (status >= 300) refused = true;
      const log = { warn: () => {}, error: () => {} };
      while ((await runRange({ db: house.db, rangeSize: 100, log })) !== 'NOTHING');
      const entries = await entriesSince(known);
      written += entries.length;
      problems.push(...entries.flatMap(problemsOf));
    }
    expect(problems).toEqual([]);
    if (!refused) expect(written).toBeGreaterThan(0);
  },
);

test('so is whatever else the audit holds: the beginnings of instances, and what the requests made on their way', async () => {
  const entries = await entriesSince(new Set());
  expect(entries.length).toBeGreaterThan(100);
  expect([...new Set(entries.flatMap(problemsOf))]).toEqual([]);
  expect(secrets.size).toBeGreaterThan(1);
});
