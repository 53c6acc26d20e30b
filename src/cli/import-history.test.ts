import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { agentStream } from '../../test/support/agent-events.ts';
import { contactRecord, sampleRecords } from '../../test/support/contact-records.ts';
import { type LiveServer, startLiveServer } from '../../test/support/live-server.ts';
import { type Config, readConfig } from '../config.ts';
import { checkHistory } from './check-history.ts';
import { agentEvents, contactRecords, type ImportOptions, importHistory } from './import-history.ts';

let server: LiveServer;
let config: Config;
let folder: string;

beforeAll(async () => {
  server = await startLiveServer();
  folder = mkdtempSync(join(tmpdir(), 'cordboard-import-'));
  config = readConfig({
    CORDBOARD_PUBLIC_URL: server.url,
    CORDBOARD_ACCESS_KEY_ID: server.accessKeyId,
    CORDBOARD_SECRET_ACCESS_KEY: server.secretAccessKey,
    CORDBOARD_DATA_DIR: folder,
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});
beforeEach(async () => {
  for (const table of ['contact', 'contact_raw'] as const) await server.database.db.deleteFrom(table).execute();
});

/** Writes a file and answers its path. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(paths: readonly string[], options: ImportOptions = {}, { input = '', showProgress = false } = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const printed = Promise.all([text(stdout), text(stderr)]);
  const terminal = { stdin: Readable.from([Buffer.from(input)]), stdout, stderr, showProgress };
  const code = await importHistory(config, { ...contactRecords, mostRecords: 200 }, paths, options, terminal)
    .catch((error: Error) => error.message)
    .finally(() => {
      stdout.end();
      stderr.end();
    });
  const [out, err] = await printed;
  return { code, out, err };
}

const record = (second: number, more = {}) =>
  contactRecord(server.instance, {
    contactId: randomUUID(),
    start: new Date(Date.UTC(2026, 4, 4, 9, 0, second)),
    ...more,
  });
const stored = async () => (await server.database.db.selectFrom('contact').select('contact_id').execute()).length;

test('files, packed files, folders and standard input are imported, and again changes nothing', async () => {
  const first = Array.from({ length: 500 }, (_, index) => record(index % 60)).join('');
  const plain = file('first.json', first);
  mkdirSync(join(folder, 'more'));
  file('more/b.json.gz', gzipSync(`${record(1)}\n${record(2)}`));
  file('more/.hidden', 'nothing of this');
  const paths = [plain, join(folder, 'more'), '-'];
  const input = JSON.stringify([JSON.parse(record(3))]);
  expect(await run(paths, {}, { input })).toEqual({
    code: 0,
    out: 'Contact records: 503 new, 0 newer, 0 older, 0 the same; 0 refused.\n',
    err: '',
  });
  expect(await stored()).toBe(503);
  expect(await run(paths, {}, { input })).toMatchObject({
    code: 0,
    out: expect.stringContaining('0 new, 0 newer, 0 older, 503 the same'),
  });
});

test('what is refused is told with its file, place, field and reason, and the rest is taken', async () => {
  const path = file(
    'odd.json',
    `${record(1)}\nrubbish\n${record(2, { more: { ContactId: '\u001b[2J' } })}\n${record(3)}\n{"a":`,
  );
  expect(await run([path])).toEqual({
    code: 2,
    out: 'Contact records: 2 new, 0 newer, 0 older, 0 the same; 3 refused.\n',
    err: [
      `${path}: record 2 (line 2): This is no JSON object.`,
      `${path}: record 5 (line 5): This record has no end: the file may have been cut off.`,
      `${path}: record 3 (line 3): ContactId must be an id, a UUID.`,
      '',
    ].join('\n'),
  });
  const many = await run([file('many.json', '{"a\u0007":1}'.repeat(250))]);
  expect(many.err.trim().split('\n')).toHaveLength(101);
  expect(many.err).toContain('… and 150 more that were refused.');
});

test('a dry run writes nothing, and another instance is taken only when asked for', async () => {
  const path = file('foreign.jsonl', sampleRecords('ctr-redelivery-out-of-order.jsonl'));
  expect(await run([path])).toMatchObject({
    code: 2,
    out: expect.stringContaining('0 new, 0 newer, 0 older, 0 the same; 4 refused.'),
  });
  expect(await run([path], { anyInstance: true, dryRun: true })).toMatchObject({
    code: 0,
    out: 'Contact records: 1 new, 0 newer, 3 older, 0 the same; 0 refused. Nothing was written: this was a dry run.\n',
  });
  expect(await stored()).toBe(0);
  expect(await run([path], { anyInstance: true })).toMatchObject({ code: 0 });
  expect(await stored()).toBe(1);
});

test('progress is shown to a terminal alone, and wiped away at the end', async () => {
  const path = file('progress.json', record(1));
  const { err } = await run([path], {}, { showProgress: true });
  expect(err).toContain('1 contact records, 100 % …');
  expect(err.endsWith('\r\u001b[K')).toBe(true);
});

test('what cannot be read, and an instance that is not there, is said in a line', async () => {
  expect((await run([join(folder, 'nowhere.json')])).code).toMatch(/nowhere\.json cannot be read: ENOENT/);
  expect((await run(['-'], { instance: 'nowhere' })).code).toBe(
    'There is no instance with the alias or id nowhere; there are cordboard.',
  );
  expect(await run(['-'], { instance: 'CORDBOARD' }, { input: record(1) })).toMatchObject({ code: 0 });
});

test('a run that is cut off leaves what was sent, and the next one does the rest', async () => {
  const all = Array.from({ length: 201 }, (_, index) => record(index % 60));
  const path = file('cut.json', all.join('\n'));
  let calls = 0;
  const fetched = globalThis.fetch;
  globalThis.fetch = async (...given) => {
    calls += 1;
    // The list of instances, the first part; then the server is gone.
    if (calls > 2) throw new TypeError('fetch failed');
    return fetched(...given);
  };
  try {
    expect((await run([path])).code).toMatch(/^Nobody answers at/);
  } finally {
    globalThis.fetch = fetched;
  }
  expect(await stored()).toBe(200);
  expect(await run([path])).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 new, 0 newer, 0 older, 200 the same'),
  });
});

test('recordings that lie in a folder are put by the names that the records have, and again changes nothing', async () => {
  const media = join(folder, 'media');
  mkdirSync(join(media, '2026/05'), { recursive: true });
  file('media/2026/05/a é:1.wav', 'RIFF....WAVEsound');
  file('media/b.json', '{"Transcript":[]}');
  file('media/c.wav', 'no sound');
  file('media/nobody.wav', 'RIFF....WAVE');
  file('elsewhere.wav', 'RIFF....WAVE');
  symlinkSync(join(folder, 'elsewhere.wav'), join(media, 'd.wav'));
  const names = ['a é:1.wav', 'b.json', 'c.wav', 'd.wav', 'e.wav'];
  const Recordings = names.map((name) => ({ Location: `bucket/2026/${name}`, MediaStreamType: 'AUDIO' }));
  const input = record(1, { more: { Recordings } });
  const options = { recordings: media };
  expect(await run(['-'], { ...options, dryRun: true }, { input })).toMatchObject({
    code: 0,
    out: expect.stringContaining('Recordings: 3 to be put; 1 files of no record that was read.'),
  });
  const refused = `${join(media, 'c.wav')}: These bytes are no audio/wav, which the ending of the recording's name promises.\n`;
  expect(await run(['-'], options, { input })).toEqual({
    code: 2,
    out: 'Contact records: 1 new, 0 newer, 0 older, 0 the same; 0 refused.\nRecordings: 2 new, 0 the same; 1 refused; 1 files of no record that was read.\n',
    err: refused,
  });
  expect(await run(['-'], options, { input })).toMatchObject({
    out: expect.stringContaining('Recordings: 0 new, 2 the same; 1 refused;'),
  });
  file('media/2026/b.json', '{}');
  expect(await run(['-'], options, { input })).toMatchObject({ code: expect.stringContaining('have one name') });
});

test('the check refuses a login that nobody had, and a day that is none', async () => {
  const check = (agent: string, day: string) => checkHistory(config, { agent, day }, new PassThrough());
  await expect(check('nobody at all', '2026-05-04')).rejects.toThrow('knows no agent with the login nobody at all');
  for (const day of ['2026-02-30', '2026-11-31', '2026-13-01', '27.11.2026', '2026-5-4', '']) {
    await expect(check('checked', day)).rejects.toThrow('is no day');
  }
});

test('the check of an agent’s day finds what differs from the events, and nothing else', async () => {
  const { db } = server.database;
  const agent = { id: randomUUID(), username: 'checked' };
  const events = agentStream(server.instance, agent, new Date('2026-05-04T09:00:00Z'), [
    { at: 0, type: 'LOGIN' },
    { at: 60_000, status: 'Available' },
    { at: 120_000, contact: { contactId: randomUUID(), state: 'CONNECTING' } },
    { at: 3_600_000, status: 'Offline' },
  ]);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal = { stdin: Readable.from([]), stdout, stderr, showProgress: false };
  expect(await importHistory(config, agentEvents, [file('events.json', events.join(''))], {}, terminal)).toBe(0);
  const check = async () => {
    const out = new PassThrough();
    const code = await checkHistory(config, { agent: 'Checked', day: '2026-05-04' }, out);
    return { code, out: await text(out.end()) };
  };
  expect(await check()).toEqual({ code: 0, out: '4 events, no difference.\n' });
  await db
    .updateTable('agent_interval')
    .set({ idle_ms: 1, online_ms: 1 })
    .where('interval_start', '=', new Date('2026-05-04T09:15:00Z'))
    .execute();
  expect(await check()).toEqual({
    code: 1,
    out:
      'interval 2026-05-04T09:15:00.000Z checked: kept online 1 ms, idle 1 ms, contact 0 ms, nonProductive 0 ms, error 0 ms;' +
      ' the events say online 900000 ms, idle 900000 ms, contact 0 ms, nonProductive 0 ms, error 0 ms\n4 events, 1 difference.\n',
  });
});

test('the check of a queue’s day finds what differs from the records, and nothing else', async () => {
  const { db } = server.database;
  const queue = { id: randomUUID(), name: 'Checked queue' };
  const agent = { id: randomUUID(), username: 'worker' };
  const record = (time: string, options = {}) =>
    contactRecord(server.instance, { contactId: randomUUID(), start: new Date(time), queue, ...options });
  const records = [
    record('2026-05-04T09:00:00Z', { agent }),
    record('2026-05-04T10:00:00Z', { agent, talk: 120 }),
    record('2026-05-04T11:00:00Z'),
    // Of another day by its end, and of another queue.
    record('2026-05-04T23:59:50Z', { agent }),
    record('2026-05-04T12:00:00Z', { agent, queue: { id: randomUUID(), name: 'Another' } }),
  ];
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal = { stdin: Readable.from([]), stdout, stderr, showProgress: false };
  expect(await importHistory(config, contactRecords, [file('queue.json', records.join(''))], {}, terminal)).toBe(0);
  const check = async (of: string, day = '2026-05-04') => {
    const out = new PassThrough();
    const code = await checkHistory(config, { queue: of, day }, out);
    return { code, out: await text(out.end()) };
  };
  expect(await check('checked QUEUE')).toEqual({ code: 0, out: '3 contacts, no difference.\n' });
  expect(await check(queue.id, '2026-05-05')).toEqual({ code: 0, out: '1 contact, no difference.\n' });
  const at = (time: string) =>
    db.updateTable('contact').where('initiation_time', '=', new Date(time)).returning('contact_id');
  const talked = await at('2026-05-04T10:00:00Z').set({ agent_interaction_duration: 60 }).executeTakeFirstOrThrow();
  const moved = await at('2026-05-04T11:00:00Z').set({ queue_id: randomUUID() }).executeTakeFirstOrThrow();
  const { code, out } = await check(queue.id);
  expect(code).toBe(1);
  const lines = out.split('\n');
  expect(lines).toContain(`contact ${talked.contact_id} agentInteractionDuration: kept 60; the records say 120`);
  expect(lines.filter((line) => line.startsWith(`contact ${moved.contact_id} queueId: kept `))).toHaveLength(1);
  expect(lines).toContain(`CONTACTS_ABANDONED ${queue.id}: kept 0; the records say 1`);
  expect(lines).toContain(`SUM_INTERACTION_TIME ${queue.id}: kept 120; the records say 180`);
  expect(lines).toContain(`AVG_ABANDON_TIME ${queue.id}: kept nothing; the records say 35`);
  expect(lines.at(-2)).toMatch(/^3 contacts, \d+ differences\.$/);
  await expect(check('no such queue')).rejects.toThrow('knows no queue no such queue');
  for (const both of [{}, { agent: 'worker', queue: queue.id }]) {
    await expect(checkHistory(config, { ...both, day: '2026-05-04' }, new PassThrough())).rejects.toThrow(
      'either --agent',
    );
  }
});
