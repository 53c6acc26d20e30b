import type { Instance } from '../operations/instance.ts';
import { type Day, dayOf } from './day.ts';
import { newLeg, recordOf } from './legs.ts';
import { type Made, type Recorded, workShift } from './shift.ts';
import type { SampleAgent, SampleDay } from './types.ts';

/** On a working day, and at a weekend. */
const [onDuty, onDutyAtWeekends] = [20, 6];
const leaversOnDuty = 3;
/** From one who is on duty to the next in the list, whose neighbours are of one kind: a prime number. */
const stride = 389;
/** Since so many days nobody of those who have left has worked. */
const goneSince = 20;
/** On the newest days a call and the chats of everybody are recorded, on the others those of some. */
const newestDays = 5;
const newest: Recorded = { calls: 1, chats: 20 };
const older: Recorded = { calls: 1, chats: 1 };
const recordedOnOlderDays = 2;
const nothing: Recorded = { calls: 0, chats: 0 };

/**
 * The same for the same instance and day, whenever it is asked for.
 * @param ago days before today, 1 is yesterday
 * @param now until when there is anything of today
 */
export function sampleDay(
  instance: Instance,
  agents: readonly SampleAgent[],
  { midnight, ago, now }: { readonly midnight: Date; readonly ago: number; readonly now: Date },
): SampleDay {
  const day = dayOf(instance, midnight, ago);
  const until = Math.floor((now.getTime() - day.at(0).getTime()) / 1000) - afterwards;
  const present = agents.filter(({ left }) => !left);
  const leavers = ago > goneSince ? agents.filter(({ left }) => left) : [];
  const working = turnOf(present, day.isWeekend ? onDutyAtWeekends : onDuty, ago);
  const queues = [...new Map(working.flatMap((agent) => agent.queues.map((queue) => [queue.id, queue]))).values()];
  const made: Made = { records: [], events: [], media: [], waiting: [], queues };
  for (const [index, agent] of working.entries()) {
    const recorded = ago <= newestDays ? newest : index < recordedOnOlderDays ? older : nothing;
    workShift(day, agent, recorded, until, made);
  }
  for (const [index, agent] of turnOf(leavers, leaversOnDuty, ago).entries()) {
    // In the end it has been everybody's turn.
    workShift(day, agent, index === ago % leaversOnDuty ? older : nothing, until, made);
  }
  abandon(day, agents, until, made);
  return made;
}

/** A record comes a minute after the work on the contact; nothing is to be of the time that is to come. */
const afterwards = 120;

const turnOf = (all: readonly SampleAgent[], number: number, ago: number) =>
  Array.from(
    { length: Math.min(number, all.length) },
    (_, index) => all[((ago * number + index) * stride) % all.length] as SampleAgent,
  );

/** Those whom nobody has answered. */
function abandon(day: Day, agents: readonly SampleAgent[], until: number, { records, waiting }: Made): void {
  for (const leg of waiting) {
    const end = leg.enqueued + day.between(40, 400);
    if (end < until) records.push(recordOf(day, leg, null, end));
  }
  const all = new Map(agents.flatMap((agent) => agent.queues.map((queue) => [queue.id, queue])));
  const queues = [...all.values()].filter(({ channel }) => channel === 'VOICE');
  for (let index = day.isWeekend ? 20 : 0; index < 30 && queues.length > 0; index += 1) {
    const end = day.between(8 * 3600, 17 * 3600);
    const leg = { ...newLeg(day, day.pick(queues), end), method: 'INBOUND' };
    if (end < until) records.push(recordOf(day, leg, null, end));
  }
}
