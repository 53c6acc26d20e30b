import { type RawBuilder, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { mayBeNamed, namesEverybody } from '../../access/shown-names.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Instance } from '../../operations/instance.ts';
import { whyGone } from './deletion.ts';
import type { EntryFailure, ListEntry, ListKind } from './list-entries.ts';
import type { SelectedUser } from './selected-user.ts';

/** Of 100,000 entries at once everybody else would have to wait for a second. */
const lookedUpAtOnce = 5000;

/**
 * Who a list of ids, logins or e-mail addresses means, each once, in the order of first mention. Set-wise, a few thousand
 * at once, so that between them other requests have their turn.
 *
 * A login is somebody's who has exactly this one, living before deleted; failing that, it is the only one that differs
 * from it in case alone, of the living and the deleted together. An e-mail address is somebody's when nobody else, living
 * or deleted, has or had it. Whatever fits several is nobody: a list may be old, and its namesake of today is not meant.
 */
export async function findNamedUsers(
  db: Db | Tx,
  instance: Instance,
  kind: ListKind,
  entries: readonly ListEntry[],
  access: Access,
): Promise<SelectedUser[]> {
  const texts = [...new Set(entries.flatMap(({ text, failure }) => (failure ? [] : [text])))];
  const find = { IDS: byId, USERNAMES: byLogin, EMAILS: byEmail }[kind];
  const found = new Map<string, Found>();
  for (let start = 0; start < texts.length; start += lookedUpAtOnce) {
    const part = await find(db, instance, texts.slice(start, start + lookedUpAtOnce), access);
    for (const [text, user] of part) found.set(text, user);
  }
  const all = entries.map(({ text, failure }) =>
    failure ? nobody(text, failure) : (found.get(text) ?? unfound(text)),
  );
  return onceEach(all).map((user, index) => ({ ...user, position: index + 1 }));
}

type Found = Omit<SelectedUser, 'position'>;
type FoundByText = ReadonlyMap<string, Found>;

/** Somebody that an entry may mean. Of the deleted no more is looked up than who they were. */
interface Match {
  /** The entry's text, or what of it is compared. */
  readonly key: string;
  readonly id: string;
  readonly username: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly living: boolean;
  readonly nameable: boolean;
}

function nobody(given: string | null, failure: EntryFailure, username: string | null = null): Found {
  const person = { userId: null, username, firstName: null, lastName: null, present: false, told: true };
  return { ...person, given, caseDiffers: false, failure };
}

function unfound(text: string): Found {
  throw new Error(`"${text}" was looked up with no answer.`);
}

/** `text` is what the entry says, and all that is told of somebody who may not be named to the caller. */
function somebody(match: Match, kind: ListKind, text: string): Found {
  const { id: userId, living: present, nameable } = match;
  const username = nameable ? match.username : kind === 'USERNAMES' ? text : null;
  const { firstName, lastName } = nameable ? match : { firstName: null, lastName: null };
  const told = nameable || kind === 'IDS';
  const caseDiffers = kind === 'USERNAMES' && match.username !== text;
  const given = caseDiffers || kind === 'EMAILS' ? text : null;
  return { userId, username, firstName, lastName, present, told, given, caseDiffers, failure: null };
}

/** Two entries may mean the same user; the one that says the login as it is comes before the one that differs. */
function onceEach(all: readonly Found[]): Found[] {
  const kept = new Map<string, Found>();
  for (const [index, user] of all.entries()) {
    const key =
      user.failure?.finding === 'UNREADABLE'
        ? String(index)
        : (user.userId ?? `given ${JSON.stringify(user.given)} ${user.username}`);
    const earlier = kept.get(key);
    if (!earlier || (earlier.caseDiffers && !user.caseDiffers)) kept.set(key, user);
  }
  return [...kept.values()];
}

async function byId(db: Db | Tx, instance: Instance, ids: readonly string[], access: Access): Promise<FoundByText> {
  const { rows } = await sql<Match>`
    select u.id as key, u.id, u.username, u.first_name as "firstName", u.last_name as "lastName", true as living,
      ${mayBeNamed(access, 'agent', 'u')} as nameable
    from users u where u.instance_id = ${instance.id} and u.id = any(${ids}::uuid[])`.execute(db);
  const matches = new Map(rows.map((row) => [row.key, row]));
  return new Map(
    ids.map((id) => {
      const match = matches.get(id);
      const gone = { userId: id, username: null, firstName: null, lastName: null, present: false, told: true };
      return [id, match ? somebody(match, 'IDS', id) : { ...gone, given: null, caseDiffers: false, failure: null }];
    }),
  );
}

async function byLogin(db: Db | Tx, instance: Instance, texts: readonly string[], access: Access) {
  return await judged(
    db,
    texts,
    (keys) => matchingLogins(instance, keys, access),
    access,
    loginsInSight,
    (text, matches, tellsAll) => {
      const exact = matches.filter(({ username }) => username === text);
      const fitting = exact.length > 0 ? exact : matches;
      // Of one login, the living one counts: it is taken again after a deletion.
      const logins = new Set(fitting.map(({ username }) => username));
      const [match] = fitting.toSorted((a, b) => Number(b.living) - Number(a.living));
      if (logins.size > 1) {
        const reason = `No user has the login ${text}, and several logins, of users living or deleted, differ from it in case only. Give the one that is meant, or the user's id.`;
        return nobody(null, { finding: 'AMBIGUOUS', code: 'AMBIGUOUS', reason }, text);
      }
      if (match && (match.living || tellsAll)) return somebody(match, 'USERNAMES', text);
      const hint = text.includes('@') ? ' If this is an e-mail address, give it in a list of e-mail addresses.' : '';
      return nobody(null, neverHere(`The user ${text}`, tellsAll, hint), text);
    },
  );
}

async function byEmail(db: Db | Tx, instance: Instance, texts: readonly string[], access: Access) {
  return await judged(
    db,
    texts,
    (keys) => matchingEmails(instance, keys, access),
    access,
    nameableOf,
    (text, all, tellsAll) => {
      const matches = [...new Map(all.map((match) => [match.id, match])).values()];
      const living = matches.filter((match) => match.living);
      const several = living.length > 1 || (living.length > 0 && matches.length > living.length);
      if (several) {
        const reason = `The e-mail address ${text} is or was that of several users, living or deleted. Give the login or the id of the one who is meant.`;
        return nobody(text, { finding: 'AMBIGUOUS', code: 'AMBIGUOUS', reason });
      }
      // When all are deleted nobody can be taken for another, and the newest deletion is told.
      const [match] = matches;
      if (match && (match.living || tellsAll)) return somebody(match, 'EMAILS', text);
      return nobody(text, neverHere(`A user with the e-mail address ${text}`, tellsAll));
    },
  );
}

function neverHere(who: string, tellsAll: boolean, hint = ''): EntryFailure {
  const reason = `${whyGone(who, undefined, tellsAll)}${hint}`;
  return { finding: tellsAll ? 'NEVER_EXISTED' : null, code: 'ResourceNotFoundException', reason };
}

/** Finds what fits the texts but for their case, and has it judged text by text. */
async function judged(
  db: Db | Tx,
  texts: readonly string[],
  matching: (keys: readonly string[]) => RawBuilder<Match>,
  access: Access,
  inSight: (matches: readonly Match[]) => readonly Match[],
  judge: (text: string, matches: readonly Match[], tellsAll: boolean) => Found,
): Promise<FoundByText> {
  // The database's own idea of lower case, which is that of its indexes.
  const { rows: keyed } = await sql<{ text: string; key: string }>`
    select t.text, lower(t.text) as key from unnest(${texts}::text[]) as t (text)`.execute(db);
  const { rows } = await matching([...new Set(keyed.map(({ key }) => key))]).execute(db);
  const byKey = new Map<string, Match[]>();
  for (const row of rows) {
    const same = byKey.get(row.key);
    if (same) same.push(row);
    else byKey.set(row.key, [row]);
  }
  const tellsAll = namesEverybody(access);
  const fitting = (key: string) => (tellsAll ? (byKey.get(key) ?? []) : inSight(byKey.get(key) ?? []));
  return new Map(keyed.map(({ text, key }) => [text, judge(text, fitting(key), tellsAll)]));
}

/**
 * What fits a login, for whoever is not told of everybody: those who may be named, else one of the living, who will be
 * refused. That something fits several would tell of somebody out of sight, or of somebody who was deleted. That a login
 * is taken is no secret, for nobody could create it.
 */
function loginsInSight(matches: readonly Match[]): readonly Match[] {
  const nameable = nameableOf(matches);
  return nameable.length > 0 ? nameable : matches.filter((match) => match.living).slice(0, 1);
}

/** An address tells who somebody is, so it finds those alone who may be named: of others it would be confirmed. */
function nameableOf(matches: readonly Match[]): readonly Match[] {
  return matches.filter((match) => match.living && match.nameable);
}

const person = sql`u.id::text as id, u.username, u.first_name as "firstName", u.last_name as "lastName"`;
/** Of somebody who is gone, what the audit keeps. */
const kept = sql`a.resource_id as id, a.resource_name as username, a.details ->> 'FirstName' as "firstName",
  a.details ->> 'LastName' as "lastName", false as living, true as nameable`;

/** The living, and the newest deletion of each login, that fit lower-case logins. Exported for the test of its plan. */
export function matchingLogins(instance: Instance, keys: readonly string[], access: Access): RawBuilder<Match> {
  return sql<Match>`
    with k as materialized (select * from unnest(${keys}::text[]) as t (key))
    select k.key, ${person}, true as living, ${mayBeNamed(access, 'agent', 'u')} as nameable
    from k join users u on u.instance_id = ${instance.id} and lower(u.username) = k.key
    union all
    select * from (
      select distinct on (a.resource_name) k.key, ${kept}
      from k join audit_entry a on ${deletionIn(instance)} and lower(a.resource_name) = k.key
      order by a.resource_name, a.time desc) as gone`;
}

/** The same by lower-case e-mail addresses, of which a user may have two; the newest deletion comes first. */
export function matchingEmails(instance: Instance, keys: readonly string[], access: Access): RawBuilder<Match> {
  const living = (column: 'email' | 'secondary_email') => sql`
    select k.key, ${person}, true as living, ${mayBeNamed(access, 'agent', 'u')} as nameable,
      null::timestamptz as time
    from k join users u on u.instance_id = ${instance.id} and lower(${sql.ref(`u.${column}`)}) = k.key`;
  const gone = (member: RawBuilder<unknown>) => sql`
    select k.key, ${kept}, a.time
    from k join audit_entry a on ${deletionIn(instance)} and lower(a.details ->> ${member}) = k.key`;
  return sql<Match>`
    with k as materialized (select * from unnest(${keys}::text[]) as t (key))
    ${living('email')} union all ${living('secondary_email')}
    union all ${gone(sql`'Email'`)} union all ${gone(sql`'SecondaryEmail'`)}
    order by time desc nulls first`;
}

const deletionIn = (instance: Instance) =>
  sql`a.instance_id = ${instance.id} and a.change = 'DELETED' and a.resource_type = 'agent'`;
