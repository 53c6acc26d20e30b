import { hash } from 'node:crypto';
import {
  arnIn,
  clip,
  hierarchyPathIn,
  isObject,
  type Json,
  momentIn,
  nameIn,
  objectIn,
  parsed,
  queueIn,
  type RecordRefusal,
  type RecordRules,
  Refused,
  refusalOf,
  requiredOf,
  requireKept,
  requireOrigin,
  routingProfileIn,
  textIn,
  timeIn,
  uuidIn,
  wholeIn,
} from './record-values.ts';
import type { AgentSnapshot, Contact } from './types.ts';

/*
 * A contact trace record (Admin guide "Contact records data model") as Connect delivers it, read into what is kept of it in
 * columns. What it has besides stays in its text. Whatever is absent or null is not known; whatever is there must be right.
 */

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

/** Tasks are scheduled days ahead. */
const scheduledAheadMilliseconds = 400 * 86_400_000;
/** Whole seconds are written, of times that are rounded each for itself. */
const slackSeconds = 2;
const longestSeconds = 400 * 86_400;
const mostCount = 1_000_000;
/** Bytes of all attributes of a contact (Admin guide, feature specifications). */
export const mostAttributeBytes = 32 * 1024;
const mostTags = 50;

/** Reads one record, or says what is wrong with it. Pure. */
export function readContactRecord(text: string, rules: RecordRules): ReadContact | RecordRefusal {
  try {
    const record = parsed(text);
    requireOrigin(record, rules);
    const contact = contactIn(record, rules.now);
    requirePossible(contact, record, rules.now);
    requireKept('InitiationTimestamp', contact.initiationTime, rules);
    return { contact, text, hash: hashOf(record) };
  } catch (error) {
    return refusalOf(error);
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
    // The one time whose fractions matter, where a stream writes them: they say which of two records is the newer one.
    lastUpdateTime: requiredOf('LastUpdateTimestamp', momentIn(record, 'LastUpdateTimestamp', now)),
    agent: agent && agentIn(agent),
    queue: queue && queueIn(queue, 'Queue.'),
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
  return {
    userId: requiredOf('Agent.ARN', arnIn(agent, 'ARN', 'Agent.', /\/agent\/([^/]+)$/)),
    username: requiredOf('Agent.Username', textIn(agent, 'Username', 100, 'Agent.')),
    // Not in any record.
    firstName: null,
    lastName: null,
    routingProfile: routingProfileIn(agent, 'Agent.'),
    hierarchyPath: hierarchyPathIn(agent, 'HierarchyGroups', 'Agent.'),
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
  return hash('sha256', JSON.stringify(ordered(record)), 'buffer').subarray(0, 16);
}

/** The members of every object in one order; what has it already, as most of a record comes, is not written again. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(ordered);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const stands = keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
  let copy: Record<string, unknown> | null = null;
  for (const key of stands ? keys : keys.sort()) {
    const member = value[key];
    const inner = typeof member === 'object' ? ordered(member) : member;
    if (stands && inner === member && !copy) continue;
    // Without a prototype, so that a member can have any name.
    copy ??= Object.assign(Object.create(null), stands ? value : null) as Record<string, unknown>;
    copy[key] = inner;
  }
  return copy ?? value;
}
