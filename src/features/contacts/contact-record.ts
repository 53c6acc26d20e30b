import { createHash } from 'node:crypto';
import { isUuid } from '../../operations/arn.ts';
import type { Instance } from '../../operations/instance.ts';
import { isTooDeep } from '../../operations/json-nesting.ts';
import { longestRecord, tooLong } from './record-stream.ts';
import type { AgentSnapshot, Contact, QueueSnapshot } from './types.ts';

/*
 * A contact trace record (Admin guide "Contact records data model") as Connect delivers it, read into what is kept of it in
 * columns. What it has besides stays in its text. Whatever is absent or null is not known; whatever is there must be right.
 */

/** Why a record is not taken. */
export interface RecordRefusal {
  /** By its path, such as `Agent.ARN`; empty for the record as a whole. */
  readonly field: string;
  readonly reason: string;
}

export interface ReadContact {
  readonly contact: Contact;
  /** The record word for word. */
  readonly text: string;
  /** Of its canonical JSON: which of two records of the same second is the newer one, whatever the order in which they come. */
  readonly hash: Buffer;
}

/** One that is about to be written. */
export interface PackedContact extends ReadContact {
  /** The text as it is kept. */
  readonly packed: Buffer;
}

export interface RecordRules {
  readonly instance: Pick<Instance, 'id' | 'accountId'>;
  /** Take records of other instances and accounts too, as if they were of this one. */
  readonly anyInstance: boolean;
  readonly now: Date;
}

/** One more than any clock is wrong. */
const aheadMilliseconds = 86_400_000;
/** Tasks are scheduled days ahead. */
const scheduledAheadMilliseconds = 400 * 86_400_000;
/** Amazon Connect has existed since 2017. */
const earliest = Date.UTC(2017, 0, 1);
/** Whole seconds are written, of times that are rounded each for itself. */
const slackSeconds = 2;
const longestSeconds = 400 * 86_400;
const mostCount = 1_000_000;
/** Bytes of all attributes of a contact (Admin guide, feature specifications). */
export const mostAttributeBytes = 32 * 1024;
const mostTags = 50;

class Refused extends Error {
  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

type Json = Readonly<Record<string, unknown>>;

/** Reads one record, or says what is wrong with it. Pure. */
export function readContactRecord(text: string, rules: RecordRules): ReadContact | RecordRefusal {
  try {
    const record = parsed(text);
    requireOrigin(record, rules);
    const contact = contactIn(record, rules.now);
    requirePossible(contact, record, rules.now);
    return { contact, text, hash: hashOf(record) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { field: error.field, reason: error.reason };
  }
}

/** NUL and halves of surrogate pairs are what no database keeps as text. They may come escaped, or as they are. */
const unstorable = /\0|\p{Surrogate}/u;
const maybeUnstorable = /[\0\ud800-\udfff]|\\u(?:0000|d[89a-f])/i;

function parsed(text: string): Json {
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
const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function requireOrigin(record: Json, { instance, anyInstance }: RecordRules): void {
  if (anyInstance) return;
  const account = textIn(record, 'AWSAccountId', 20);
  if (account !== null && account !== instance.accountId) {
    throw new Refused('AWSAccountId', `is ${account}, which is another account than this instance's.`);
  }
  const arn = textIn(record, 'InstanceARN', 300);
  if (arn === null)
    throw new Refused('InstanceARN', 'is missing, so that nobody can tell whether this is of this instance.');
  if (idIn('InstanceARN', arn, /instance\/([^/]+)$/) !== instance.id) {
    throw new Refused('InstanceARN', `is that of another instance: ${arn}`);
  }
}

function contactIn(record: Json, now: Date): Contact {
  const contactId = requiredOf('ContactId', uuidIn(record, 'ContactId'));
  const time = (field: string, ahead?: number) => timeIn(record, field, now, ahead);
  const agent = objectIn(record, 'Agent');
  const queue = objectIn(record, 'Queue');
  const initial = uuidIn(record, 'InitialContactId');
  const segments = objectIn(record, 'SegmentAttributes') ?? {};
  const details = objectIn(record, 'ContactDetails') ?? {};
  return {
    contactId,
    initialContactId: initial === contactId ? null : initial,
    previousContactId: uuidIn(record, 'PreviousContactId'),
    nextContactId: uuidIn(record, 'NextContactId'),
    relatedContactId: uuidIn(record, 'RelatedContactId'),
    channel: requiredOf('Channel', nameIn(record, 'Channel')).replace(/^TASKS$/, 'TASK'),
    subtype: textIn(
      objectIn(segments, 'connect:Subtype', 'SegmentAttributes.') ?? {},
      'ValueString',
      200,
      'SegmentAttributes.connect:Subtype.',
    ),
    initiationMethod: requiredOf('InitiationMethod', nameIn(record, 'InitiationMethod')),
    disconnectReason: nameIn(record, 'DisconnectReason'),
    initiationTime: requiredOf('InitiationTimestamp', time('InitiationTimestamp')),
    connectedToSystemTime: time('ConnectedToSystemTimestamp'),
    scheduledTime: time('ScheduledTimestamp', scheduledAheadMilliseconds),
    enqueueTime: queue && timeIn(queue, 'EnqueueTimestamp', now, undefined, 'Queue.'),
    dequeueTime: queue && timeIn(queue, 'DequeueTimestamp', now, undefined, 'Queue.'),
    connectedToAgentTime: agent && timeIn(agent, 'ConnectedToAgentTimestamp', now, undefined, 'Agent.'),
    afterContactWorkEndTime: agent && timeIn(agent, 'AfterContactWorkEndTimestamp', now, undefined, 'Agent.'),
    transferCompletedTime: time('TransferCompletedTimestamp'),
    disconnectTime: time('DisconnectTimestamp'),
    lastUpdateTime: lastUpdateIn(record, now),
    agent: agent && agentIn(agent),
    queue: queue && queueIn(queue),
    queueDuration: queue && secondsIn(queue, 'Duration', 'Queue.'),
    agentInteractionDuration: agent && secondsIn(agent, 'AgentInteractionDuration', 'Agent.'),
    customerHoldDuration: agent && secondsIn(agent, 'CustomerHoldDuration', 'Agent.'),
    afterContactWorkDuration: agent && secondsIn(agent, 'AfterContactWorkDuration', 'Agent.'),
    agentPauseDuration: agent && secondsIn(agent, 'AgentPauseDuration', 'Agent.'),
    numberOfHolds: agent && wholeIn(agent, 'NumberOfHolds', mostCount, 'Agent.'),
    agentConnectionAttempts: wholeIn(record, 'AgentConnectionAttempts', mostCount),
    customerEndpoint: addressIn(record, 'CustomerEndpoint'),
    systemEndpoint: addressIn(record, 'SystemEndpoint'),
    transferredToEndpoint: addressIn(record, 'TransferredToEndpoint'),
    // Records write ContactDetailsName, the API Name.
    name:
      textIn(details, 'ContactDetailsName', 1024, 'ContactDetails.') ??
      textIn(details, 'Name', 1024, 'ContactDetails.'),
    attributes: attributesIn(record),
    tags: tagsIn(record),
  };
}

function agentIn(agent: Json): AgentSnapshot {
  const profile = objectIn(agent, 'RoutingProfile', 'Agent.');
  const groups = objectIn(agent, 'HierarchyGroups', 'Agent.') ?? {};
  return {
    userId: requiredOf('Agent.ARN', arnIn(agent, 'ARN', 'Agent.', /\/agent\/([^/]+)$/)),
    username: requiredOf('Agent.Username', textIn(agent, 'Username', 100, 'Agent.')),
    // Not in any record.
    firstName: null,
    lastName: null,
    routingProfile: profile && {
      id: requiredOf(
        'Agent.RoutingProfile.ARN',
        arnIn(profile, 'ARN', 'Agent.RoutingProfile.', /\/routing-profile\/([^/]+)$/),
      ),
      name: textIn(profile, 'Name', 256, 'Agent.RoutingProfile.'),
    },
    hierarchyPath: [1, 2, 3, 4, 5].flatMap((level) => {
      const path = `Agent.HierarchyGroups.Level${level}.`;
      const group = objectIn(groups, `Level${level}`, 'Agent.HierarchyGroups.');
      if (!group) return [];
      // Agent events call it Name.
      const name = textIn(group, 'GroupName', 256, path) ?? textIn(group, 'Name', 256, path) ?? '';
      return [{ id: requiredOf(`${path}ARN`, arnIn(group, 'ARN', path, /\/agent-group\/([^/]+)$/)), name }];
    }),
  };
}

function queueIn(queue: Json): QueueSnapshot {
  const own = typeof queue.ARN === 'string' && /\/queue\/agent\//.test(queue.ARN);
  return {
    queueId: requiredOf('Queue.ARN', arnIn(queue, 'ARN', 'Queue.', /\/queue\/(?:agent\/)?([^/]+)$/)),
    type: own ? 'AGENT' : 'STANDARD',
    name: textIn(queue, 'Name', 256, 'Queue.'),
  };
}

/** Times that contradict each other would be durations below zero in a report. */
function requirePossible(contact: Contact, record: Json, now: Date): void {
  const agent = objectIn(record, 'Agent') ?? {};
  const workStart = timeIn(agent, 'AfterContactWorkStartTimestamp', now, undefined, 'Agent.');
  const order: readonly (readonly [string, Date | null, string, Date | null])[] = [
    ['DisconnectTimestamp', contact.disconnectTime, 'InitiationTimestamp', contact.initiationTime],
    ['LastUpdateTimestamp', contact.lastUpdateTime, 'InitiationTimestamp', contact.initiationTime],
    ['Queue.DequeueTimestamp', contact.dequeueTime, 'Queue.EnqueueTimestamp', contact.enqueueTime],
    ['Agent.ConnectedToAgentTimestamp', contact.connectedToAgentTime, 'InitiationTimestamp', contact.initiationTime],
    [
      'Agent.AfterContactWorkStartTimestamp',
      workStart,
      'Agent.ConnectedToAgentTimestamp',
      contact.connectedToAgentTime,
    ],
    [
      'Agent.AfterContactWorkEndTimestamp',
      contact.afterContactWorkEndTime,
      'Agent.AfterContactWorkStartTimestamp',
      workStart,
    ],
  ];
  for (const [field, time, before, earlier] of order) {
    if (time && earlier && secondsBetween(earlier, time) < -slackSeconds)
      throw new Refused(field, `is before ${before}.`);
  }
  const { connectedToAgentTime: connected, disconnectTime } = contact;
  const end = workStart ?? disconnectTime;
  const parts = [contact.agentInteractionDuration, contact.customerHoldDuration, contact.agentPauseDuration];
  const busy = parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  if (connected && end && busy > secondsBetween(connected, end) + slackSeconds) {
    const sum = 'AgentInteractionDuration, CustomerHoldDuration and AgentPauseDuration';
    throw new Refused(
      'Agent.AgentInteractionDuration',
      `is impossible: ${sum} are more in sum than the time with the agent.`,
    );
  }
}

const secondsBetween = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 1000;

// ---- Values ---------------------------------------------------------------------------------------------------------

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own members only: a record may have a key that every object inherits. */
const memberOf = (holder: Json, key: string): unknown => (Object.hasOwn(holder, key) ? (holder[key] ?? null) : null);

function requiredOf<T>(field: string, value: T | null): T {
  if (value === null) throw new Refused(field, 'is missing.');
  return value;
}

function objectIn(holder: Json, key: string, path = ''): Json | null {
  const value = memberOf(holder, key);
  if (value === null || isObject(value)) return value;
  throw new Refused(path + key, 'must be an object.');
}

/** An empty text says nothing. */
function textIn(holder: Json, key: string, most: number, path = ''): string | null {
  const value = memberOf(holder, key);
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw new Refused(path + key, 'must be text.');
  if (value.length > most) throw new Refused(path + key, `has more than ${most} characters.`);
  return value;
}

/** One of Connect's words. New ones may come, so their form is all that is asked. */
function nameIn(holder: Json, key: string): string | null {
  const text = textIn(holder, key, 64);
  if (text === null || /^[A-Z][A-Z0-9_]*$/.test(text)) return text;
  throw new Refused(key, 'must be a word of capital letters, such as INBOUND.');
}

function uuidIn(holder: Json, key: string): string | null {
  const text = textIn(holder, key, 256);
  if (text === null) return null;
  if (!isUuid(text)) throw new Refused(key, 'must be the id of a contact, a UUID.');
  return text.toLowerCase();
}

function idIn(field: string, arn: string, form: RegExp): string {
  const id = /^arn:/.test(arn) ? form.exec(arn)?.[1] : undefined;
  if (id === undefined || !isUuid(id)) throw new Refused(field, 'is not the ARN of such a resource.');
  return id.toLowerCase();
}

function arnIn(holder: Json, key: string, path: string, form: RegExp): string | null {
  const arn = textIn(holder, key, 300, path);
  return arn === null ? null : idIn(path + key, arn, form);
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** The one time whose fractions matter, where a stream writes them: they say which of two records is the newer one. */
function lastUpdateIn(record: Json, now: Date): Date {
  const time = requiredOf('LastUpdateTimestamp', timeIn(record, 'LastUpdateTimestamp', now));
  const [, fraction = '0'] = /\.(\d{1,3})/.exec(String(record.LastUpdateTimestamp)) ?? [];
  return new Date(time.getTime() + Number(fraction.padEnd(3, '0')));
}

/** Kept in whole seconds, as the data model writes them. */
function timeIn(holder: Json, key: string, now: Date, ahead = aheadMilliseconds, path = ''): Date | null {
  const text = textIn(holder, key, 40, path);
  if (text === null) return null;
  const time = isoTime.test(text) ? Date.parse(`${text.slice(0, 19)}Z`) : Number.NaN;
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text.slice(0, 19))) {
    throw new Refused(path + key, 'must be a time in UTC, such as 2026-01-05T09:00:00Z.');
  }
  if (time < earliest) throw new Refused(path + key, 'is before 2017, when there was no Amazon Connect.');
  if (time > now.getTime() + ahead) throw new Refused(path + key, 'lies in the future.');
  return new Date(time);
}

function wholeIn(holder: Json, key: string, most: number, path = ''): number | null {
  const value = memberOf(holder, key);
  if (value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new Refused(path + key, `must be a whole number from 0 to ${most}.`);
}

const secondsIn = (holder: Json, key: string, path: string) => wholeIn(holder, key, longestSeconds, path);

function addressIn(record: Json, key: string): string | null {
  return textIn(objectIn(record, key) ?? {}, 'Address', 256, `${key}.`);
}

function textsIn(record: Json, key: string): Record<string, string> {
  const texts: [string, string][] = [];
  for (const [name, value] of Object.entries(objectIn(record, key) ?? {})) {
    if (value === null) continue;
    if (typeof value !== 'string') throw new Refused(`${key}.${clip(name)}`, 'must be text.');
    texts.push([name, value]);
  }
  return Object.fromEntries(texts);
}

function attributesIn(record: Json): Record<string, string> {
  const attributes = textsIn(record, 'Attributes');
  if (bytesOf(attributes) > mostAttributeBytes) throw new Refused('Attributes', 'are more than 32 KB.');
  return attributes;
}

export const bytesOf = (attributes: Readonly<Record<string, string>>): number =>
  Object.entries(attributes).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);

function tagsIn(record: Json): Record<string, string> {
  const tags = textsIn(record, 'Tags');
  const entries = Object.entries(tags);
  const fits = ([key, value]: [string, string]) => key.length <= 128 && value.length <= 256;
  if (entries.length > mostTags || !entries.every(fits)) {
    throw new Refused(
      'Tags',
      `must be at most ${mostTags}, with keys of up to 128 and values of up to 256 characters.`,
    );
  }
  return tags;
}

/** The same for the same content, in whatever order its members stand and whatever blanks are between them. */
function hashOf(record: Json): Buffer {
  return createHash('sha256').update(canonical(record)).digest().subarray(0, 16);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}
