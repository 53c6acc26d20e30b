import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { centreForFile, makeInstance } from '../../../test/support/centre.ts';
import { unlimited } from '../../access/access-control.ts';
import { audit } from '../../audit/store.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Instance } from '../../operations/instance.ts';
import { type ListKind, readEntry } from './list-entries.ts';
import { findNamedUsers, matchingEmails, matchingLogins } from './named-users.ts';
import { insertUsers } from './store.ts';

const centre = centreForFile();

interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly secondaryEmail: string | null;
}

async function addLiving(instance: Instance, people: readonly Person[]): Promise<void> {
  const pick = async (table: 'routing_profile' | 'security_profile') => {
    const query = centre.db.selectFrom(table).select('id').where('instance_id', '=', instance.id);
    return (await query.limit(1).executeTakeFirstOrThrow()).id;
  };
  const routingProfileId = await pick('routing_profile');
  const securityProfileIds = [await pick('security_profile')];
  const users = people.map((person) => ({ ...person, routingProfileId, securityProfileIds }));
  await inTransaction(centre.db, (tx) => insertUsers(tx, instance, users, new Date()));
}

/** The audit of deletions, one second after the other. */
async function addDeleted(instance: Instance, people: readonly Person[]): Promise<void> {
  for (const [index, { id, username, email, secondaryEmail }] of people.entries()) {
    await inTransaction(centre.db, (tx) =>
      audit(tx, {
        instanceId: instance.id,
        time: new Date(1_700_000_000_000 + index * 1000),
        operation: 'DeleteUser',
        actor: { type: 'SYSTEM', id: 'x', name: 'x' },
        permission: 'x',
        requestId: 'x',
        changes: [
          {
            change: 'DELETED',
            resourceType: 'agent',
            resourceId: id,
            resourceName: username,
            details: { Email: email ?? undefined, SecondaryEmail: secondaryEmail ?? undefined },
          },
        ],
      }),
    );
  }
}

async function find(instance: Instance, kind: ListKind, texts: readonly string[]) {
  const entries = texts.map((text, index) => readEntry(kind, text, index + 1, instance));
  return findNamedUsers(centre.db, instance, kind, entries, unlimited);
}

type Verdict = { readonly id: string; readonly differs: boolean } | 'AMBIGUOUS' | 'NEVER_EXISTED';

/** The rule for logins, person by person. */
function loginVerdict(text: string, living: readonly Person[], deleted: readonly Person[]): Verdict {
  for (const people of [living, deleted.toReversed()]) {
    const exact = people.find(({ username }) => username === text);
    if (exact) return { id: exact.id, differs: false };
  }
  const alike = [...living, ...deleted.toReversed()].filter(
    ({ username }) => username.toLowerCase() === text.toLowerCase(),
  );
  if (new Set(alike.map(({ username }) => username)).size > 1) return 'AMBIGUOUS';
  return alike[0] ? { id: alike[0].id, differs: true } : 'NEVER_EXISTED';
}

/** The rule for e-mail addresses. */
function emailVerdict(text: string, living: readonly Person[], deleted: readonly Person[]): Verdict {
  const has = ({ email, secondaryEmail }: Person) =>
    [email, secondaryEmail].some((one) => one?.toLowerCase() === text.toLowerCase());
  const here = living.filter(has);
  const gone = deleted.filter(has);
  if (here.length + gone.length > 1 && here.length > 0) return 'AMBIGUOUS';
  const who = here[0] ?? gone.at(-1);
  return who ? { id: who.id, differs: false } : 'NEVER_EXISTED';
}

const login = fc.constantFrom('a', 'A', 'ab', 'Ab', 'aB', 'AB', 'é', 'É');
const address = fc.constantFrom('a@x', 'A@x', 'b@x', 'B@X', 'ab@x');
const person = fc.record({
  username: login,
  email: fc.option(address),
  secondaryEmail: fc.option(address, { freq: 1 }),
});

test('who is found is who a plain reading of the rules finds, whatever the living and the deleted are called', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(person, { selector: ({ username }) => username, maxLength: 5 }),
      fc.array(person, { maxLength: 4 }),
      fc.uniqueArray(login, { minLength: 1 }),
      fc.uniqueArray(address, { minLength: 1 }),
      async (livingLike, deletedLike, logins, addresses) => {
        const instance = await makeInstance(centre.db, randomUUID());
        const withId = (like: Omit<Person, 'id'>): Person => ({ ...like, id: randomUUID() });
        const living = livingLike.map(withId);
        const deleted = deletedLike.map(withId);
        await addLiving(instance, living);
        await addDeleted(instance, deleted);
        const ids = new Set<string>(living.map(({ id }) => id));
        for (const [kind, texts, verdictOf] of [
          ['USERNAMES', logins, loginVerdict],
          ['EMAILS', addresses, emailVerdict],
        ] as const) {
          // One at a time, for of a list that names somebody twice one entry is left.
          for (const text of texts) {
            const [found] = await find(instance, kind, [text]);
            const verdict = verdictOf(text, living, deleted);
            seen.add(typeof verdict === 'string' ? verdict : `${ids.has(verdict.id)} ${verdict.differs}`);
            const said = found?.failure?.finding ?? { id: found?.userId, differs: found?.caseDiffers };
            expect({ text, said }).toEqual({ text, said: verdict });
            expect(found?.present).toBe(typeof verdict === 'object' && ids.has(verdict.id));
          }
          const all = await find(instance, kind, texts);
          const named = all.flatMap(({ userId }) => userId ?? []);
          expect(new Set(named).size).toBe(named.length);
          const verdicts = texts.map((text) => verdictOf(text, living, deleted));
          expect(new Set(named)).toEqual(new Set(verdicts.flatMap((one) => (typeof one === 'object' ? one.id : []))));
        }
      },
    ),
    // Always the same runs, for whether they meet every kind of answer must not be left to luck.
    { numRuns: 30, seed: 1 },
  );
  // The runs met every kind of answer.
  expect(seen).toEqual(new Set(['AMBIGUOUS', 'NEVER_EXISTED', 'true false', 'true true', 'false false', 'false true']));
});

test('looking people up reads indexes, however many people there are and were', async () => {
  const instance = await makeInstance(centre.db, 'large');
  const people = Array.from({ length: 4000 }, (_, index) => ({
    id: randomUUID(),
    username: `User.${index}`,
    email: `Mail.${index}@example.com`,
    secondaryEmail: `second.${index}@example.com`,
  }));
  await addLiving(instance, people);
  await sql`
    insert into audit_entry (instance_id, time, operation, actor_type, actor_id, actor_name, door, permission, resource_type,
      resource_id, resource_name, change, details, request_id)
    select ${instance.id}, now(), 'DeleteUser', 'SYSTEM', 'x', 'x', 'SYSTEM', 'x', 'agent', gen_random_uuid()::text, 'Gone.' || n,
      'DELETED', jsonb_build_object('Email', 'gone.' || n || '@example.com', 'SecondaryEmail', 'past.' || n || '@x'), 'x'
    from generate_series(1, 4000) n`.execute(centre.db);
  await sql`analyze users, audit_entry`.execute(centre.db);
  const planOf = async (query: ReturnType<typeof matchingLogins>) => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(centre.db);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const logins = await planOf(matchingLogins(instance, ['user.7', 'gone.7', 'nobody'], unlimited));
  const addresses = await planOf(matchingEmails(instance, ['mail.7@example.com', 'past.7@x'], unlimited));
  for (const index of ['users_by_username', 'audit_entry_by_name']) expect(logins).toContain(index);
  for (const index of ['users_by_email', 'users_by_secondary_email', 'audit_entry_by_email'])
    expect(addresses).toContain(index);
  expect(addresses).toContain('audit_entry_by_secondary_email');
  expect(`${logins}${addresses}`).not.toMatch(/Seq Scan/);
});
