import {
  arnIn,
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
  uuidIn,
} from '../contacts/record-values.ts';
import type { AgentSnapshot, QueueSnapshot } from '../contacts/types.ts';

/*
 * An agent event (Admin guide "Agent event streams data model") as Connect delivers it, in all shapes since 2017. What is
 * read of it says what the agent was before and after; what it has besides stays in its text.
 */

export type StatusType = 'ROUTABLE' | 'CUSTOM' | 'OFFLINE';

/** A contact that the agent has. */
export interface AgentContact {
  readonly contactId: string;
  /** CONNECTING, CONNECTED, CONNECTED_ONHOLD, ENDED, MISSED …, or what may come. */
  readonly state: string;
  readonly since: Date;
  readonly channel: string;
  readonly initiationMethod: string;
  readonly queue: QueueSnapshot | null;
}

/** What an agent is at a moment. */
export interface AgentState {
  readonly agent: AgentSnapshot;
  readonly status: {
    readonly id: string | null;
    readonly name: string;
    readonly type: StatusType;
    readonly since: Date | null;
  };
  readonly contacts: readonly AgentContact[];
}

export interface AgentEvent {
  readonly eventId: string;
  readonly agentId: string;
  readonly time: Date;
  readonly type: 'LOGIN' | 'LOGOUT' | 'STATE_CHANGE' | 'HEART_BEAT';
  readonly agent: AgentSnapshot;
  /** From the event on. Null where it does not say, as some logouts do. */
  readonly current: AgentState | null;
  /** Just before. */
  readonly previous: AgentState | null;
}

const types: ReadonlySet<string> = new Set(['LOGIN', 'LOGOUT', 'STATE_CHANGE', 'HEART_BEAT']);
const statusTypes: ReadonlySet<string> = new Set(['ROUTABLE', 'CUSTOM', 'OFFLINE']);
/** Amazon Connect gives an agent 1 call, and 10 of each other channel. */
const mostContacts = 100;

/** Reads one event, or says what is wrong with it. Pure. */
export function readAgentEvent(text: string, rules: RecordRules): AgentEvent | RecordRefusal {
  try {
    const event = parsed(text);
    requireOrigin(event, rules);
    const read = eventIn(event, rules.now);
    requireKept('EventTimestamp', read.time, rules);
    return read;
  } catch (error) {
    return refusalOf(error);
  }
}

type ReadTime = (holder: Json, key: string, path?: string) => Date | null;

function eventIn(event: Json, now: Date): AgentEvent {
  const agentId = requiredOf('AgentARN', arnIn(event, 'AgentARN', '', /\/agent\/([^/]+)$/));
  const type = requiredOf('EventType', nameIn(event, 'EventType'));
  if (!types.has(type)) throw new Refused('EventType', `must be one of ${[...types].join(', ')}.`);
  const whole = repeatsSeconds(event);
  const time: ReadTime = (holder, key, path = '') => {
    const moment = momentIn(holder, key, now, undefined, path);
    return moment && whole ? new Date(Math.floor(moment.getTime() / 1000) * 1000) : moment;
  };
  const eventTime = requiredOf('EventTimestamp', time(event, 'EventTimestamp'));
  const current = stateIn(event, 'CurrentAgentSnapshot', agentId, time);
  const previous = stateIn(event, 'PreviousAgentSnapshot', agentId, time);
  if (type === 'STATE_CHANGE') requiredOf('CurrentAgentSnapshot.AgentStatus', current.state);
  return {
    eventId: requiredOf('EventId', uuidIn(event, 'EventId')),
    agentId,
    time: eventTime,
    type: type as AgentEvent['type'],
    agent: requiredOf('CurrentAgentSnapshot.Configuration', current.agent ?? previous.agent),
    current: current.state,
    previous: previous.state,
  };
}

/**
 * Streams of old versions write each time's seconds a second time in the place of its milliseconds: 09:16:02.002. By that
 * alone they are known, for their Version does not tell.
 */
function repeatsSeconds(event: Json): boolean {
  const times = [event.EventTimestamp];
  for (const key of ['CurrentAgentSnapshot', 'PreviousAgentSnapshot']) {
    const { AgentStatus: status, Contacts: contacts } = Object(event[key]) as Json;
    times.push(Object(status).StartTimestamp);
    for (const contact of Array.isArray(contacts) ? contacts : []) times.push(Object(contact).StateStartTimestamp);
  }
  return times.every((time) => typeof time !== 'string' || /:(\d\d)\.0\1Z$/.test(time));
}

function stateIn(
  event: Json,
  key: string,
  agentId: string,
  time: ReadTime,
): { readonly agent: AgentSnapshot | null; readonly state: AgentState | null } {
  const snapshot = objectIn(event, key);
  const configuration = snapshot && objectIn(snapshot, 'Configuration', `${key}.`);
  if (!configuration) return { agent: null, state: null };
  const agent = agentIn(configuration, agentId, `${key}.Configuration.`);
  const status = objectIn(snapshot, 'AgentStatus', `${key}.`);
  if (!status) return { agent, state: null };
  return {
    agent,
    state: { agent, status: statusIn(status, `${key}.AgentStatus.`, time), contacts: contactsIn(snapshot, key, time) },
  };
}

function agentIn(configuration: Json, userId: string, path: string): AgentSnapshot {
  return {
    userId,
    username: requiredOf(`${path}Username`, textIn(configuration, 'Username', 100, path)),
    firstName: textIn(configuration, 'FirstName', 255, path),
    lastName: textIn(configuration, 'LastName', 255, path),
    routingProfile: routingProfileIn(configuration, path),
    hierarchyPath: hierarchyPathIn(configuration, 'AgentHierarchyGroups', path),
  };
}

function statusIn(status: Json, path: string, time: ReadTime): AgentState['status'] {
  const name = requiredOf(`${path}Name`, textIn(status, 'Name', 256, path));
  const type = nameIn(status, 'Type', path) ?? typeByName(name);
  if (!statusTypes.has(type)) throw new Refused(`${path}Type`, `must be one of ${[...statusTypes].join(', ')}.`);
  return {
    // The API says agent-status, streams say agent-state.
    id: arnIn(status, 'ARN', path, /\/agent-stat(?:e|us)\/([^/]+)$/),
    name,
    type: type as StatusType,
    since: time(status, 'StartTimestamp', path),
  };
}

/** Old streams have no type. */
function typeByName(name: string): StatusType {
  if (name === 'Offline') return 'OFFLINE';
  return name === 'Available' ? 'ROUTABLE' : 'CUSTOM';
}

function contactsIn(snapshot: Json, key: string, time: ReadTime): AgentContact[] {
  const contacts = snapshot.Contacts ?? [];
  if (!Array.isArray(contacts)) throw new Refused(`${key}.Contacts`, 'must be a list.');
  if (contacts.length > mostContacts) throw new Refused(`${key}.Contacts`, `are more than ${mostContacts}.`);
  const read = contacts.map((contact: unknown, index) => {
    const path = `${key}.Contacts[${index}].`;
    if (!isObject(contact)) throw new Refused(path.slice(0, -1), 'must be an object.');
    const queue = objectIn(contact, 'Queue', path);
    return {
      contactId: requiredOf(`${path}ContactId`, uuidIn(contact, 'ContactId', path)),
      state: requiredOf(`${path}State`, nameIn(contact, 'State', path)),
      since: requiredOf(`${path}StateStartTimestamp`, time(contact, 'StateStartTimestamp', path)),
      channel: requiredOf(`${path}Channel`, nameIn(contact, 'Channel', path)).replace(/^TASKS$/, 'TASK'),
      initiationMethod: requiredOf(`${path}InitiationMethod`, nameIn(contact, 'InitiationMethod', path)),
      queue: queue && queueIn(queue, `${path}Queue.`),
    };
  });
  if (new Set(read.map(({ contactId }) => contactId)).size < read.length) {
    throw new Refused(`${key}.Contacts`, 'name a contact twice.');
  }
  return read;
}
