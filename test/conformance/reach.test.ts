import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionIds } from '../../src/access/permissions.ts';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { runRange } from '../../src/features/user-batches/run-range.ts';
import type { UserCaller } from '../../src/operations/caller.ts';
import { filterValues, kindOfFilter, namedBy } from '../../src/operations/named-resources.ts';
import {
  isRestrictable,
  kindBySearch,
  type NamedKind,
  type RestrictableType,
  resources,
  restrictableNames,
  restrictableTypes,
} from '../../src/resources/resources.ts';
import { encoded, type Input, partsOf, wireOf } from '../support/wire-request.ts';
import { changedTables, digestOf } from './digest.ts';
import { type House, offered, openHouse } from './house.ts';
import { agentQueueForms, type Form, readableForms, unreadableForms } from './id-forms.ts';
import { type Path, replaced, textOf } from './paths.ts';
import { allRequestsOf } from './requests.ts';
import { absent, exceptions } from './unread-members.ts';

/*
 * Somebody whose security profile reaches what has the tag Team=Claims, and one of each kind of resource that has not.
 * Every request of every operation is sent with that one in each place that names something, in every form of an id.
 */

let house: House;
/** May do everything, within the limits. */
let limited: UserCaller;
/** What lies outside of the reach. */
let outside: Readonly<Record<RestrictableType, string>>;
let sent = 0;

const tables = restrictableTypes.map((type) => resources[type].table);

/** Whatever else there is, and whatever a request has just made for itself, is within reach. */
async function bringWithinReach(): Promise<void> {
  const ids = Object.values(outside);
  for (const table of tables) {
    await sql`update ${sql.table(table)} set tags = tags || '{"Team": "Claims"}'
      where not tags @> '{"Team": "Claims"}' and id <> all(${ids}::uuid[])`.execute(house.db);
  }
}

beforeAll(async () => {
  house = await openHouse();
  const { world, db } = house;
  const profileId = await world.makeSecurityProfile({});
  await db
    .updateTable('security_profile')
    .set({
      permissions: [...permissionIds],
      tag_restricted_resources: [...restrictableNames],
      allowed_access_control_tags: JSON.stringify({ Team: 'Claims' }),
    })
    .where('id', '=', profileId)
    .execute();
  const userId = await world.makeUser({ username: 'limited', securityProfileIds: [profileId] });
  limited = { kind: 'USER', userId, username: 'limited', instanceId: world.instance.id };
  outside = {
    agent: await world.makeUser({ username: 'out-of-reach' }),
    'security-profile': await world.makeSecurityProfile({}),
    queue: await world.makeQueue(),
    'routing-profile': await world.makeRoutingProfile(),
    'agent-group': await world.makeGroup(),
  };
  for (const table of tables) {
    await sql`update ${sql.table(table)} set tags = '{"Team": "Others"}'
      where id = any(${Object.values(outside)}::uuid[])`.execute(db);
  }
  await bringWithinReach();
});
afterAll(async () => {
  console.info(`${sent} requests for what is out of reach, or no name of it`);
  await house.close();
});

interface Place {
  readonly path: Path;
  readonly type: NamedKind | 'ANY' | 'instance';
  readonly value: string;
}

/** Where a request names something, by the table of members. */
function placesOf(input: Input): Place[] {
  const places: Place[] = [];
  const walk = (value: unknown, path: Path, holder: string, member: string) => {
    const type = member === 'InstanceId' ? 'instance' : namedBy(member, holder);
    if (typeof value === 'string') {
      if (type) places.push({ path, type, value });
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, [...path, index], holder, member);
    } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      const filtered = kindOfFilter(value as Input);
      for (const [key, inner] of Object.entries(value)) {
        if (filtered && key === filterValues) {
          for (const [index, item] of [inner].flat().entries()) {
            places.push({ path: [...path, key, index], type: filtered, value: String(item) });
          }
        } else walk(inner, [...path, key], member, key);
      }
    }
  };
  for (const [key, inner] of Object.entries(input)) walk(inner, [key], '', key);
  return places;
}

/** Members that hold the id of something in a request and that nobody declared, so that the runner passes them over. */
function undeclaredIn(operation: string, input: Input): string[] {
  const found: string[] = [];
  const walk = (value: unknown, holder: string, member: string) => {
    if (typeof value === 'string') {
      const place = holder ? `${holder}.${member}` : member;
      if (/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.test(value) && !isRead(operation, place, holder, member)) {
        found.push(`${place} is given ${value}`);
      }
    } else if (Array.isArray(value)) {
      for (const item of value) walk(item, holder, member);
    } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, member, key);
    }
  };
  for (const [key, inner] of Object.entries(input)) walk(inner, '', key);
  return found;
}

const isRead = (operation: string, place: string, holder: string, member: string) =>
  place in exceptions ||
  absent.has(operation) ||
  namedBy(member, holder) !== undefined ||
  (place === 'StringCondition.Value' && kindBySearch.has(operation)) ||
  // By its FilterKey.
  place === `Filters.${filterValues}`;

/**
 * Every form in the first operation that has the member, and those that lenient readers have taken for the id in all
 * others: what the same member means is read in one place, which this shows for each operation.
 */
const seen = new Set<string>();
const treacherous = [
  /^".{36,}:1"$/,
  /:\$SAVED"$/i,
  /^".{36,}[/ ]"$/,
  /^"[/ ].*"$/,
  /\.\./,
  /eu-west-2/,
  /2109876/,
  /aws-cn/,
  /prompt/,
];

function chosenOf(key: string, forms: readonly Form[]): readonly Form[] {
  if (!seen.has(key)) {
    seen.add(key);
    return forms;
  }
  return treacherous.flatMap((odd) => forms.filter(([form]) => odd.test(form)).slice(0, 2));
}

/** Each entry has a result of its own, and the rest of the request is answered: they have tests of their own below. */
const oneByOne = /^(?:BatchDeleteQuickConnects\.QuickConnectIds|(?:Preview|Start)UserDeletion\.UserIds)/;

const idOf = (value: string) => /[0-9a-f-]{36}/.exec(value.replace(/^arn:.*\//, ''))?.[0] ?? value;

interface Attempt {
  readonly input: unknown;
  readonly what: string;
  /** How the refusal of what was read ends; null: it cannot be read. */
  readonly denied: string | null;
}

function attemptsAt({ path, type, value }: Place, input: Input): Attempt[] {
  const { world } = house;
  const attempt =
    (denied: string | null) =>
    ([form, text]: Form): Attempt => ({
      input: replaced(input, path, text),
      what: `${textOf(path)} with ${form}`,
      denied,
    });
  if (type === 'instance') {
    return chosenOf(type, unreadableForms(type, type, world.instance.id, world)).map(attempt(null));
  }
  const member = path
    .filter((step) => typeof step === 'string')
    .slice(-2)
    .join('.');
  const kinds = type === 'ANY' ? restrictableTypes : [type];
  return kinds.flatMap((kind) => {
    if (kind === 'override' || !isRestrictable(kind)) {
      return chosenOf(member, unreadableForms(type, kind, idOf(value), world)).map(attempt(null));
    }
    const id = outside[kind];
    return [
      ...readableForms(type === 'ANY' ? 'ANY' : kind, kind, id, world).map(attempt(id)),
      ...(type === 'queue' ? agentQueueForms(outside.agent, world).map(attempt(outside.agent)) : []),
      ...chosenOf(`${member} ${kind}`, unreadableForms(type === 'ANY' ? 'ANY' : kind, kind, id, world)).map(
        attempt(null),
      ),
    ];
  });
}

/** Odd in the path itself, as no SDK writes it. */
function rawAttempts(
  compiled: CompiledOperation,
  input: Input,
): { url: string; method: string; body: string | Buffer | undefined }[] {
  const { url, method, body } = wireOf(compiled, partsOf(compiled, input));
  const [path = '', query] = url.split('?');
  const id = outside.agent;
  const odd = (label: string) => [
    `${id}/`,
    `${label}/../${id}`,
    `${label}%2f..%2f${id}`,
    `${id};`,
    `%2e%2e/${id}`,
    `${id}%3a1`,
    `${id}%253A1`,
  ];
  return compiled.labels
    .map(({ member }) => encoded(String(input[member.name])))
    .flatMap((label) => odd(label).map((text) => path.replace(label, text)))
    .map((target) => ({ url: query ? `${target}?${query}` : target, method, body }));
}

const atATime = 4;

test.each([...offered.values()].map((compiled) => [compiled.operation.name, compiled] as const))(
  '%s is refused for whatever is out of reach, however it is named',
  async (name, compiled) => {
    const { world, db } = house;
    const complaints: string[] = [];
    const done = new Set<string>();
    const requests = [];
    for (const { build } of allRequestsOf(compiled)) requests.push(await build(world));
    expect(requests.flatMap((input) => undeclaredIn(name, input))).toEqual([]);
    await bringWithinReach();
    const before = await digestOf(db);

    const send = async ({ input, what, denied }: Attempt) => {
      const { status, code, text } = await house.sendInput(name, input as Input, limited);
      sent += 1;
      const refused =
        denied === null ? [400, 404].includes(status) || code === 'AccessDeniedException' : status === 403;
      // Denied for this one, and not for something else that the request names.
      const meant = denied === null || text.includes(denied);
      if (!refused || !meant) complaints.push(`${what}: ${status} ${code ?? ''} ${text.slice(0, 200)}`);
    };

    for (const input of requests) {
      for (const place of placesOf(input)) {
        const where = textOf(place.path).replace(/\[\d+\]/g, '[]');
        if (done.has(where) || oneByOne.test(`${name}.${where}`)) continue;
        done.add(where);
        const attempts = attemptsAt(place, input);
        for (let start = 0; start < attempts.length; start += atATime) {
          await Promise.all(attempts.slice(start, start + atATime).map(send));
        }
      }
    }
    const [full] = requests;
    if (full && done.size > 0) {
      for (const request of rawAttempts(compiled, full)) {
        const { status, text } = await house.send(request, limited);
        sent += 1;
        // A path may be that of an operation that is not offered.
        if (status < 400 || (status > 499 && status !== 501))
          complaints.push(`${request.method} ${request.url}: ${status} ${text.slice(0, 200)}`);
      }
    }
    const written = changedTables(before, await digestOf(db));
    expect({ complaints: complaints.slice(0, 10), written, failures: house.takeFailures() }).toEqual({
      complaints: [],
      written: [],
      failures: [],
    });
  },
);

test('batches over what is out of reach leave it there, and tell nothing of it', async () => {
  const { world, db } = house;
  const readable = readableForms('agent', 'agent', outside.agent, world).map(([, text]) => text);
  const odd = unreadableForms('agent', 'agent', outside.agent, world).map(([, text]) => text);
  for (const UserIds of [readable, odd]) {
    const preview = await house.sendInput('PreviewUserDeletion', { UserIds }, limited);
    expect(preview.status).toBe(200);
    expect(preview.text).not.toContain('out-of-reach');
    expect(JSON.parse(preview.text)).toMatchObject({ Summary: { DeletableCount: 0 } });
    const started = await house.sendInput('StartUserDeletion', { UserIds }, limited);
    expect(started.status).toBe(202);
    const { UserBatchId } = JSON.parse(started.text);
    const log = { error: (details: object) => void console.error(details), warn: () => {} };
    while ((await runRange({ db, rangeSize: 1000, now: () => new Date(), log })) !== 'NOTHING');
    const { text } = await house.sendInput('DescribeUserBatch', { UserBatchId }, limited);
    expect(JSON.parse(text)).toMatchObject({ UserBatch: { Counts: { Succeeded: 0, Remaining: 0 } } });
    const results = await house.sendInput('ListUserBatchResults', { UserBatchId }, limited);
    expect(results.text).not.toContain('out-of-reach');
  }
  const found = await db.selectFrom('users').select('username').where('id', '=', outside.agent).execute();
  expect(found).toEqual([{ username: 'out-of-reach' }]);
});

test('of quick connects that are deleted together, those fail alone that are not named by an id', async () => {
  const { world } = house;
  const id = await world.makeQuickConnect(world.user);
  const QuickConnectIds = unreadableForms('transfer-destination', 'transfer-destination', id, world).map(
    ([, text]) => text,
  );
  const { text } = await house.sendInput('BatchDeleteQuickConnects', { QuickConnectIds }, limited);
  const { Deleted, Failed } = JSON.parse(text);
  expect(Deleted).toEqual([]);
  expect(Failed).toHaveLength(new Set(QuickConnectIds).size);
});
