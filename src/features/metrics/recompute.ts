import type { Contact } from '../contacts/types.ts';
import { definitionOf, type MetricName, metricNames } from './definitions.ts';

/*
 * Every metric of contacts by its definition, slowly and plainly, over contacts one by one. It shares nothing with the formulas
 * that reports are computed with, so that each can be held against the other.
 */

/** What metrics need of a contact. */
export type ContactFacts = Pick<
  Contact,
  | 'nextContactId'
  | 'channel'
  | 'initiationMethod'
  | 'initiationTime'
  | 'connectedToSystemTime'
  | 'enqueueTime'
  | 'dequeueTime'
  | 'connectedToAgentTime'
  | 'afterContactWorkEndTime'
  | 'transferCompletedTime'
  | 'disconnectTime'
  | 'queueDuration'
  | 'agentInteractionDuration'
  | 'customerHoldDuration'
  | 'afterContactWorkDuration'
  | 'agentPauseDuration'
  | 'numberOfHolds'
  | 'transferredToEndpoint'
>;

type Ask<T> = (one: ContactFacts) => T;

const total = (all: readonly ContactFacts[], value: Ask<number>) => all.reduce((sum, one) => sum + value(one), 0);
const average = (all: readonly ContactFacts[], value: Ask<number>) =>
  all.length > 0 ? total(all, value) / all.length : null;
const share = (some: number, all: number) => (all > 0 ? (some / all) * 100 : null);
const seconds = (from: Date | null, to: Date | null) => ((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 1000;

const connected: Ask<boolean> = ({ connectedToAgentTime }) => connectedToAgentTime !== null;
const queued: Ask<boolean> = ({ enqueueTime }) => enqueueTime !== null;
const transferred: Ask<boolean> = ({ transferCompletedTime }) => transferCompletedTime !== null;
const abandoned: Ask<boolean> = (one) =>
  queued(one) && !connected(one) && one.nextContactId === null && !transferred(one);
const held: Ask<boolean> = ({ numberOfHolds }) => (numberOfHolds ?? 0) > 0;
const talk: Ask<number> = ({ agentInteractionDuration }) => agentInteractionDuration ?? 0;
const hold: Ask<number> = ({ customerHoldDuration }) => customerHoldDuration ?? 0;
const after: Ask<number> = ({ afterContactWorkDuration }) => afterContactWorkDuration ?? 0;
const pause: Ask<number> = ({ agentPauseDuration }) => agentPauseDuration ?? 0;
const inQueue: Ask<number> = ({ queueDuration }) => queueDuration ?? 0;
const talked: Ask<boolean> = (one) => connected(one) && one.agentInteractionDuration !== null;
const worked: Ask<boolean> = (one) => one.afterContactWorkDuration !== null || connected(one);
const isTalkOrHold: Ask<boolean> = (one) => one.agentInteractionDuration !== null || one.customerHoldDuration !== null;
const isHandled: Ask<boolean> = (one) =>
  isTalkOrHold(one) || one.afterContactWorkDuration !== null || one.agentPauseDuration !== null;
const handle: Ask<number> = (one) => talk(one) + hold(one) + after(one) + pause(one);
const talkAndHold: Ask<number> = (one) => talk(one) + hold(one);
const active: Ask<number> = (one) => talk(one) + hold(one) + after(one);
const flowMethods = ['INBOUND', 'TRANSFER', 'QUEUE_TRANSFER', 'API'];
const later = (one: Date | null, other: Date | null) => ((one?.getTime() ?? 0) > (other?.getTime() ?? 0) ? one : other);

/** Of these contacts, with a threshold of so many seconds that are not reached. Null: there is nothing to tell it of. */
type Recompute = (all: readonly ContactFacts[], threshold: number) => number | null;

const counted =
  (which: Ask<boolean>): Recompute =>
  (all) =>
    all.filter(which).length;
const quick =
  (threshold: number): Ask<boolean> =>
  (one) =>
    queued(one) && inQueue(one) < threshold;

const recomputations: Readonly<Partial<Record<MetricName, Recompute>>> = {
  CONTACTS_CREATED: (all) => all.length,
  CONTACTS_HANDLED: counted(connected),
  CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT: counted(connected),
  CONTACTS_QUEUED: counted(queued),
  CONTACTS_QUEUED_BY_ENQUEUE: counted(queued),
  CONTACTS_ABANDONED: counted(abandoned),
  ABANDONMENT_RATE: (all) => share(all.filter(abandoned).length, all.filter(queued).length),
  CONTACTS_TRANSFERRED_OUT: counted(transferred),
  CONTACTS_TRANSFERRED_OUT_BY_AGENT: counted((one) => transferred(one) && connected(one)),
  CONTACTS_TRANSFERRED_OUT_FROM_QUEUE: counted((one) => transferred(one) && queued(one) && !connected(one)),
  CONTACTS_TRANSFERRED_OUT_INTERNAL: counted((one) => transferred(one) && one.transferredToEndpoint === null),
  CONTACTS_TRANSFERRED_OUT_EXTERNAL: counted((one) => transferred(one) && one.transferredToEndpoint !== null),
  CONTACTS_PUT_ON_HOLD: counted(held),
  SUM_HANDLE_TIME: (all) => total(all, handle),
  AVG_HANDLE_TIME: (all) => average(all.filter(isHandled), handle),
  SUM_AFTER_CONTACT_WORK_TIME: (all) => total(all, after),
  AVG_AFTER_CONTACT_WORK_TIME: (all) => average(all.filter(worked), after),
  SUM_INTERACTION_TIME: (all) => total(all.filter(talked), talk),
  AVG_INTERACTION_TIME: (all) => average(all.filter(talked), talk),
  SUM_INTERACTION_AND_HOLD_TIME: (all) => total(all, talkAndHold),
  AVG_INTERACTION_AND_HOLD_TIME: (all) => average(all.filter(isTalkOrHold), talkAndHold),
  SUM_HOLD_TIME: (all) => total(all.filter(connected), hold),
  AVG_HOLD_TIME: (all) =>
    average(
      all.filter((one) => held(one) && one.customerHoldDuration !== null),
      hold,
    ),
  AVG_HOLD_TIME_ALL_CONTACTS: (all) => average(all.filter(connected), hold),
  AVG_HOLDS: (all) => average(all.filter(connected), ({ numberOfHolds }) => numberOfHolds ?? 0),
  AVG_QUEUE_ANSWER_TIME: (all) =>
    average(
      all.filter((one) => connected(one) && queued(one)),
      inQueue,
    ),
  MAX_QUEUED_TIME: (all) =>
    all.filter(queued).reduce<number | null>((most, one) => Math.max(most ?? 0, inQueue(one)), null),
  AVG_ABANDON_TIME: (all) => average(all.filter(abandoned), inQueue),
  SERVICE_LEVEL: (all, threshold) => share(all.filter(quick(threshold)).length, all.filter(queued).length),
  SUM_CONTACTS_ANSWERED_IN_X: (all, threshold) => all.filter(quick(threshold)).filter(connected).length,
  SUM_CONTACTS_ABANDONED_IN_X: (all, threshold) => all.filter(quick(threshold)).filter(abandoned).length,
  CONTACTS_REMOVED_FROM_QUEUE_IN_X: (all, threshold) => all.filter(quick(threshold)).length,
  SUM_CONTACTS_DISCONNECTED: counted(
    (one) =>
      queued(one) &&
      !connected(one) &&
      !transferred(one) &&
      !(one.dequeueTime !== null && one.disconnectTime !== null && one.dequeueTime < one.disconnectTime),
  ),
  AVG_CONTACT_DURATION: (all) => average(all, (one) => seconds(one.initiationTime, one.disconnectTime)),
  SUM_CONTACT_FLOW_TIME: (all) =>
    total(
      all.filter((one) => flowMethods.includes(one.initiationMethod) && one.connectedToSystemTime !== null),
      (one) =>
        Math.max(
          0,
          seconds(one.connectedToSystemTime, one.enqueueTime ?? one.transferCompletedTime ?? one.disconnectTime),
        ),
    ),
  AVG_AGENT_PAUSE_TIME: (all) =>
    average(
      all.filter((one) => pause(one) > 0),
      pause,
    ),
  AVG_ACTIVE_TIME: (all) =>
    average(
      all.filter((one) => active(one) > 0),
      active,
    ),
  AVG_RESOLUTION_TIME: (all) =>
    average(all, (one) => seconds(one.initiationTime, later(one.disconnectTime, one.afterContactWorkEndTime))),
};

/** Those of them, whose interval is that of this time. */
export const contactMetricNames: readonly MetricName[] = metricNames.filter(
  (name) => definitionOf(name).source === 'CONTACTS',
);

/** The time that decides to which interval a contact belongs. */
export function timeFor(name: MetricName): 'disconnectTime' | 'enqueueTime' | 'connectedToAgentTime' {
  if (name === 'CONTACTS_QUEUED_BY_ENQUEUE') return 'enqueueTime';
  return name === 'CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT' ? 'connectedToAgentTime' : 'disconnectTime';
}

/** @param threshold in seconds, of metrics that have one */
export function recomputed(name: MetricName, contacts: readonly ContactFacts[], threshold: number): number | null {
  const recompute = recomputations[name];
  if (!recompute) throw new Error(`${name} is no metric of contacts.`);
  return recompute(contacts, threshold);
}
