import { agentStream } from './agent-stream.ts';
import type { Day } from './day.ts';
import { type Leg, newLeg, recordOf } from './legs.ts';
import type { SampleAgent, SampleDay } from './types.ts';

type Media = SampleDay['media'][number];

/** What the agents of a day make together. */
export interface Made {
  readonly records: string[];
  readonly events: string[];
  readonly media: Media[];
  /** Handed on to the queue, and not answered yet. */
  readonly waiting: Leg[];
}

/** What of a shift is recorded: its first calls and its first chats, so many. */
export interface Recorded {
  readonly calls: number;
  readonly chats: number;
}

const shiftSeconds = 6 * 3600;
/** The longest contact fits before the end. */
const lastContactSeconds = 1800;

/** A day of one agent, contact by contact. @param until the second of the day by which everything is over */
export function workShift(day: Day, agent: SampleAgent, recorded: Recorded, until: number, made: Made): void {
  const { between, pick, chance } = day;
  const start = between(7 * 3600, 11 * 3600);
  const end = Math.min(start + shiftSeconds, until);
  if (end - start < 2 * lastContactSeconds) return;
  const { become, turn } = agentStream(day, agent, start, (event) => made.events.push(event));
  const left = { VOICE: recorded.calls, CHAT: recorded.chats, TASK: 0 };

  become('Available', start, 'LOGIN');
  let rested = false;
  for (let time = start + between(30, 600); time < end - lastContactSeconds; time += between(60, 900)) {
    if (!rested && time > start + shiftSeconds / 2) {
      rested = true;
      become('Break', time);
      time += between(900, 1800);
      become('Available', time);
      time += between(20, 120);
      if (time >= end - lastContactSeconds) break;
    }
    const leg = handedOn(made.waiting, time) ?? newLeg(day, pick(agent.channels), pick(agent.queues), time);
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
    const talk = leg.channel === 'TASK' ? between(120, 1200) : between(60, 720);
    const held = leg.channel === 'VOICE' && chance(0.15) ? between(15, 50) : 0;
    if (held > 0) {
      turn(leg, 'CONNECTED_ONHOLD', answered + 30);
      turn(leg, 'CONNECTED', answered + 30 + held);
    }
    const over = answered + talk + held;
    turn(leg, 'ENDED', over);
    const workEnd = over + between(10, 120);
    turn(leg, null, workEnd);
    time = workEnd;

    const next = handOn(day, leg, agent, over);
    if (next) made.waiting.push(next);
    let media: Media | null = null;
    if (leg.channel !== 'TASK' && left[leg.channel] > 0) {
      left[leg.channel] -= 1;
      media = mediaOf(day, leg, leg.channel, answered, agent);
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

/** One that somebody has handed on, and that has not waited too long. */
function handedOn(waiting: Leg[], time: number): Leg | undefined {
  const place = waiting.findIndex(({ enqueued }) => enqueued < time - 2 && enqueued > time - 900);
  return place < 0 ? undefined : waiting.splice(place, 1)[0];
}

/** Some calls go on to a queue when the agent has done with them. */
function handOn(day: Day, leg: Leg, agent: SampleAgent, over: number): Leg | null {
  if (leg.channel !== 'VOICE' || leg.previousId !== null || !day.chance(0.06)) return null;
  return {
    ...leg,
    contactId: day.idOf('contact'),
    method: 'TRANSFER',
    queue: day.pick(agent.queues),
    begin: over,
    enqueued: over + 2,
    initialId: leg.contactId,
    previousId: leg.contactId,
  };
}

function mediaOf(day: Day, leg: Leg, channel: Media['channel'], answered: number, agent: SampleAgent): Media {
  const minute = day.iso(answered).slice(0, 16).replaceAll('-', '');
  return {
    contactId: leg.contactId,
    name: `${leg.contactId}_${minute}_UTC.${channel === 'CHAT' ? 'json' : 'wav'}`,
    channel,
    start: day.at(answered),
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
