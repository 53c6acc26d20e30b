import { agentStream } from './agent-stream.ts';
import type { Day } from './day.ts';
import { type Leg, newLeg, recordOf } from './legs.ts';
import type { SampleAgent, SampleDay, WorkedQueue } from './types.ts';

type Media = SampleDay['media'][number];

/** What the agents of a day make together. */
export interface Made {
  readonly records: string[];
  readonly events: string[];
  readonly media: Media[];
  /** Handed on to the queue, and not answered yet. */
  readonly waiting: Leg[];
  /** Those of whoever works that day. */
  readonly queues: readonly WorkedQueue[];
}

/** What of a shift is recorded: its first calls and its first chats, so many. */
export interface Recorded {
  readonly calls: number;
  readonly chats: number;
}

/** Part of a day or a whole one. */
const [shortestShift, longestShift] = [4 * 3600, 8.5 * 3600];
/** As long as there is something to hear: bytes for a usual call would be too many for a sample. */
const recordedCallSeconds = [12, 20] as const;
/** A transcript ends within a chat. */
const talkSeconds = { VOICE: [60, 720], CHAT: [240, 720], TASK: [120, 1200] } as const;
/** The longest contact fits before the end. */
const lastContactSeconds = 1800;

/** A day of one agent, contact by contact. @param until the second of the day by which everything is over */
export function workShift(day: Day, agent: SampleAgent, recorded: Recorded, until: number, made: Made): void {
  const { between, chance } = day;
  const start = between(7 * 3600, 11 * 3600);
  if (until - start < 2 * lastContactSeconds) return;
  const length = between(shortestShift, longestShift);
  const end = Math.min(start + length, until);
  const breaks = breaksOf(day, start, length);
  const { become, turn } = agentStream(day, agent, start, (event) => made.events.push(event));
  const left = { VOICE: recorded.calls, CHAT: recorded.chats, TASK: 0 };

  become('Available', start, 'LOGIN');
  for (let time = start + between(30, 600); time < end - lastContactSeconds; time += between(60, 900)) {
    const [rest] = breaks;
    if (rest && time > rest.from) {
      breaks.shift();
      become('Break', time);
      time += rest.seconds;
      become('Available', time);
      time += between(20, 120);
      if (time >= end - lastContactSeconds) break;
    }
    const leg = handedOn(made.waiting, agent, time) ?? newLeg(day, pickQueue(day, agent), time);
    let attempts = 1;
    turn(leg, 'CONNECTING', time);
    if (chance(0.04)) {
      attempts = 2;
      turn(leg, 'MISSED', time + 20);
      turn(leg, null, time + 22);
      time += 30;
      turn(leg, 'CONNECTING', time);
    }
    const answered = time + between(2, 9);
    turn(leg, 'CONNECTED', answered);
    const isRecorded = leg.channel !== 'TASK' && left[leg.channel] > 0;
    const [least, most] = isRecorded && leg.channel === 'VOICE' ? recordedCallSeconds : talkSeconds[leg.channel];
    const talk = between(least, most);
    const held = leg.channel === 'VOICE' && !isRecorded && chance(0.15) ? between(15, 50) : 0;
    if (held > 0) {
      turn(leg, 'CONNECTED_ONHOLD', answered + 30);
      turn(leg, 'CONNECTED', answered + 30 + held);
    }
    const over = answered + talk + held;
    turn(leg, 'ENDED', over);
    const workEnd = over + between(10, 120);
    turn(leg, null, workEnd);
    time = workEnd;

    const next = handOn(day, leg, agent, made.queues, over);
    if (next) made.waiting.push(next);
    let media: Media | null = null;
    if (leg.channel !== 'TASK' && isRecorded) {
      left[leg.channel] -= 1;
      media = mediaOf(day, leg, leg.channel, answered, talk, agent);
      made.media.push(media);
    }
    made.records.push(
      recordOf(day, leg, { agent, answered, end: over, held, workEnd, attempts }, over, {
        ...(next && { NextContactId: next.contactId, TransferCompletedTimestamp: day.iso(over) }),
        ...(media && { Recordings: [recordingOf(day, media, answered, over)] }),
      }),
    );
  }
  become('Offline', end, 'LOGOUT');
}

/** A meal in the middle, and a short one later for those who stay long. */
function breaksOf({ between }: Day, start: number, length: number): { from: number; seconds: number }[] {
  const meal = { from: start + Math.floor((length * between(35, 55)) / 100), seconds: between(900, 2700) };
  const short = { from: start + Math.floor((length * between(70, 80)) / 100), seconds: between(300, 900) };
  return length > 6 * 3600 ? [meal, short] : [meal];
}

/** Each channel of the agent as often as the others, however many queues it has. */
function pickQueue({ pick }: Day, { queues }: SampleAgent): WorkedQueue {
  const channel = pick([...new Set(queues.map((queue) => queue.channel))]);
  return pick(queues.filter((queue) => queue.channel === channel));
}

/** One that somebody else has handed on to a queue of the agent, and that has not waited too long. */
function handedOn(waiting: Leg[], agent: SampleAgent, time: number): Leg | undefined {
  const place = waiting.findIndex(
    ({ enqueued, from, queue }) =>
      from !== agent && enqueued < time - 2 && enqueued > time - 900 && agent.queues.some(({ id }) => id === queue.id),
  );
  return place < 0 ? undefined : waiting.splice(place, 1)[0];
}

/** Some calls go on to another queue when the agent has done with them. */
function handOn(day: Day, leg: Leg, from: SampleAgent, queues: readonly WorkedQueue[], over: number): Leg | null {
  if (leg.channel !== 'VOICE' || leg.previousId !== null || !day.chance(0.06)) return null;
  const others = queues.filter(({ channel, id }) => channel === 'VOICE' && id !== leg.queue.id);
  if (others.length === 0) return null;
  return {
    ...leg,
    contactId: day.idOf('contact'),
    method: 'TRANSFER',
    queue: day.pick(others),
    begin: over,
    enqueued: over + 2,
    initialId: leg.contactId,
    previousId: leg.contactId,
    from,
  };
}

function mediaOf(
  day: Day,
  leg: Leg,
  channel: Media['channel'],
  answered: number,
  seconds: number,
  agent: SampleAgent,
): Media {
  const minute = day.iso(answered).slice(0, 16).replaceAll('-', '');
  return {
    contactId: leg.contactId,
    name: `${leg.contactId}_${minute}_UTC.${channel === 'CHAT' ? 'json' : 'wav'}`,
    channel,
    start: day.at(answered),
    seconds,
    agent: agent.firstName,
  };
}

const recordingOf = (day: Day, { channel, name }: Media, answered: number, over: number) => ({
  StorageType: 'S3',
  Location: `sample/connect/${channel === 'CHAT' ? 'ChatTranscripts' : 'CallRecordings'}/${name}`,
  MediaStreamType: channel === 'CHAT' ? 'CHAT' : 'AUDIO',
  ParticipantType: null,
  StartTimestamp: day.iso(answered),
  StopTimestamp: day.iso(over),
  Status: 'AVAILABLE',
  DeletionReason: null,
});
