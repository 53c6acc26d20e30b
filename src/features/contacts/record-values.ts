import { isUuid } from '../../operations/arn.ts';
import type { Instance } from '../../operations/instance.ts';
import { isTooDeep } from '../../operations/json-nesting.ts';
import { longestRecord, tooLong } from './record-stream.ts';
import type { AgentSnapshot, QueueSnapshot } from './types.ts';

/* The values of what Amazon Connect's streams deliver: each is as it should be, not there, or refused by its path. */

/** Why a record is not taken. */
export interface RecordRefusal {
  /** By its path, such as `Agent.ARN`; empty for the record as a whole. */
  readonly field: string;
  readonly reason: string;
}

export interface RecordRules {
  readonly instance: Pick<Instance, 'id' | 'accountId'>;
  /** Take records of other instances and accounts too, as if they were of this one. */
  readonly anyInstance: boolean;
  readonly now: Date;
  /** Days that such records are kept; null: for good. */
  readonly keptDays: number | null;
}

/** For what was taken once: it is read as it was then, whoever it was of and however long ago. */
export const rulesOfKept: RecordRules = {
  instance: { id: '', accountId: '' },
  anyInstance: true,
  now: new Date(8_640_000_000_000_000 - 86_400_000),
  keptDays: null,
};

/** What the worker would remove again is not taken. */
export function requireKept(field: string, time: Date, { now, keptDays }: RecordRules): void {
  if (keptDays === null || time.getTime() >= now.getTime() - keptDays * 86_400_000) return;
  throw new Refused(
    field,
    `is longer ago than the ${keptDays} days that history is kept. CORDBOARD_CONTACT_DAYS has it kept longer.`,
  );
}

/** One more than any clock is wrong. */
const aheadMilliseconds = 86_400_000;
/** Amazon Connect has existed since 2017. */
const earliest = Date.UTC(2017, 0, 1);

export class Refused extends Error {
  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** @throws what is none */
export function refusalOf(error: unknown): RecordRefusal {
  if (!(error instanceof Refused)) throw error;
  return { field: error.field, reason: error.reason };
}

export type Json = Readonly<Record<string, unknown>>;

/** NUL and halves of surrogate pairs are what no database keeps as text. They may come escaped, or as they are. */
const unstorable = /\0|\p{Surrogate}/u;
const maybeUnstorable = /[\0\ud800-\udfff]|\\u(?:0000|d[89a-f])/i;

export function parsed(text: string): Json {
  const bytes = Buffer.from(text);
  if (bytes.length > longestRecord) throw new Refused('', tooLong);
  if (isTooDeep(bytes)) throw new Refused('', 'This record is nested deeper than any of Amazon Connect.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused('', 'This is no JSON.');
  }
  if (!isObject(value)) throw new Refused('', 'This is no JSON object.');
  if (maybeUnstorable.test(text)) requireStorable(value, '');
  return value;
}

function requireStorable(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (unstorable.test(value)) throw new Refused(path, 'must be valid Unicode text without NUL characters.');
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) requireStorable(item, `${path}[${index}]`);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (unstorable.test(key)) throw new Refused(path, 'must have keys of valid Unicode text without NUL characters.');
      requireStorable(item, path ? `${path}.${clip(key)}` : clip(key));
    }
  }
}

/** A path ends up in messages. */
export const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

export function requireOrigin(record: Json, { instance, anyInstance }: RecordRules): void {
  if (anyInstance) return;
  const account = textIn(record, 'AWSAccountId', 20);
  if (account !== null && account !== instance.accountId) {
    throw new Refused('AWSAccountId', `is ${account}, which is another account than this instance's.`);
  }
  const arn = textIn(record, 'InstanceARN', 300);
  if (arn === null)
    throw new Refused('InstanceARN', 'is missing, so that nobody can tell whether this is of this instance.');
  const inArn = /^arn:[^:]*:connect:[^:]*:(\d{12}):/.exec(arn)?.[1];
  if (inArn !== undefined && inArn !== instance.accountId) {
    throw new Refused('InstanceARN', `is of ${inArn}, which is another account than this instance's.`);
  }
  if (idIn('InstanceARN', arn, /instance\/([^/]+)$/) !== instance.id) {
    throw new Refused('InstanceARN', `is that of another instance: ${arn}`);
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own members only: a record may have a key that every object inherits. */
const memberOf = (holder: Json, key: string): unknown => (Object.hasOwn(holder, key) ? (holder[key] ?? null) : null);

export function requiredOf<T>(field: string, value: T | null): T {
  if (value === null) throw new Refused(field, 'is missing.');
  return value;
}

export function objectIn(holder: Json, key: string, path = ''): Json | null {
  const value = memberOf(holder, key);
  if (value === null || isObject(value)) return value;
  throw new Refused(path + key, 'must be an object.');
}

/** An empty text says nothing. */
export function textIn(holder: Json, key: string, most: number, path = ''): string | null {
  const value = memberOf(holder, key);
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw new Refused(path + key, 'must be text.');
  if (value.length > most) throw new Refused(path + key, `has more than ${most} characters.`);
  return value;
}

/** One of Connect's words. New ones may come, so their form is all that is asked. */
export function nameIn(holder: Json, key: string, path = ''): string | null {
  const text = textIn(holder, key, 64, path);
  if (text === null || /^[A-Z][A-Z0-9_]*$/.test(text)) return text;
  throw new Refused(path + key, 'must be a word of capital letters, such as INBOUND.');
}

export function uuidIn(holder: Json, key: string, path = ''): string | null {
  const text = textIn(holder, key, 256, path);
  if (text === null) return null;
  if (!isUuid(text)) throw new Refused(path + key, 'must be an id, a UUID.');
  return text.toLowerCase();
}

export function idIn(field: string, arn: string, form: RegExp): string {
  const id = /^arn:/.test(arn) ? form.exec(arn)?.[1] : undefined;
  if (id === undefined || !isUuid(id)) throw new Refused(field, 'is not the ARN of such a resource.');
  return id.toLowerCase();
}

export function arnIn(holder: Json, key: string, path: string, form: RegExp): string | null {
  const arn = textIn(holder, key, 300, path);
  return arn === null ? null : idIn(path + key, arn, form);
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** In whole seconds, as most times are kept: the data model of contact records writes them so. */
export function timeIn(holder: Json, key: string, now: Date, ahead?: number, path = ''): Date | null {
  const time = momentIn(holder, key, now, ahead, path);
  return time && new Date(Math.floor(time.getTime() / 1000) * 1000);
}

/** With the milliseconds that are written. */
export function momentIn(holder: Json, key: string, now: Date, ahead = aheadMilliseconds, path = ''): Date | null {
  const text = textIn(holder, key, 40, path);
  if (text === null) return null;
  const time = isoTime.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes 30 February for 2 March, and 24:00 for the day after.
  if (Number.isNaN(time) || new Date(time).getUTCDate() !== Number(text.slice(8, 10))) {
    throw new Refused(path + key, 'must be a time in UTC, such as 2026-01-05T09:00:00Z.');
  }
  if (time < earliest) throw new Refused(path + key, 'is before 2017, when there was no Amazon Connect.');
  if (time > now.getTime() + ahead) throw new Refused(path + key, 'lies in the future.');
  return new Date(time);
}

export function wholeIn(holder: Json, key: string, most: number, path = ''): number | null {
  const value = memberOf(holder, key);
  if (value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new Refused(path + key, `must be a whole number from 0 to ${most}.`);
}

// ---- Whom a record speaks of ----------------------------------------------------------------------------------------

export function routingProfileIn(holder: Json, path: string): AgentSnapshot['routingProfile'] {
  const profile = objectIn(holder, 'RoutingProfile', path);
  if (!profile) return null;
  const inside = `${path}RoutingProfile.`;
  return {
    id: requiredOf(`${inside}ARN`, arnIn(profile, 'ARN', inside, /\/routing-profile\/([^/]+)$/)),
    name: textIn(profile, 'Name', 256, inside),
  };
}

export function hierarchyPathIn(holder: Json, key: string, path: string): AgentSnapshot['hierarchyPath'] {
  const groups = objectIn(holder, key, path) ?? {};
  return [1, 2, 3, 4, 5].flatMap((level) => {
    const inside = `${path}${key}.Level${level}.`;
    const group = objectIn(groups, `Level${level}`, `${path}${key}.`);
    if (!group) return [];
    // Contact records call it GroupName, agent events Name.
    const name = textIn(group, 'GroupName', 256, inside) ?? textIn(group, 'Name', 256, inside) ?? '';
    return [{ id: requiredOf(`${inside}ARN`, arnIn(group, 'ARN', inside, /\/agent-group\/([^/]+)$/)), name }];
  });
}

export function queueIn(queue: Json, path: string): QueueSnapshot {
  const own = typeof queue.ARN === 'string' && /\/queue\/agent\//.test(queue.ARN);
  return {
    queueId: requiredOf(`${path}ARN`, arnIn(queue, 'ARN', path, /\/queue\/(?:agent\/)?([^/]+)$/)),
    type: own ? 'AGENT' : 'STANDARD',
    name: textIn(queue, 'Name', 256, path),
  };
}
