import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import { assembleForTest, recordingsFolder } from '../../../test/support/assembled.ts';
import { centreForFile, monday } from '../../../test/support/centre.ts';
import { contactRecord } from '../../../test/support/contact-records.ts';
import { operationOf } from '../../../test/support/operations.ts';
import { folderStore } from '../../folder-store.ts';
import type { Caller } from '../../operations/caller.ts';
import type { StoredFileAnswer } from '../../operations/define-operation.ts';
import { pruneContacts } from '../contacts/retention-store.ts';
import { receiveBytes } from './receive.ts';
import { removeBytes } from './removal.ts';
import { removeNoted } from './store.ts';

const centre = centreForFile({ clock: monday });
const start = new Date('2026-01-04T09:00:00Z');
let agent: { id: string; username: string };

beforeAll(async () => {
  agent = { id: await centre.addUser({ username: 'ada', tags: { Team: 'Red' } }), username: 'ada' };
});

/** A contact with recordings of these names. */
async function contactWith(names: readonly string[], more: object = {}): Promise<string> {
  const contactId = randomUUID();
  const Recordings = names.map((name) => ({
    StorageType: 'S3',
    Location: `bucket/connect/CallRecordings/2026/01/04/${name}`,
    MediaStreamType: name.endsWith('.json') ? 'CHAT' : 'AUDIO',
    ParticipantType: 'AGENT',
    FragmentStartNumber: null,
    FragmentStopNumber: null,
    StartTimestamp: start.toISOString(),
    StopTimestamp: null,
    Status: 'AVAILABLE',
    DeletionReason: null,
  }));
  const record = contactRecord(centre.instance, { contactId, start, agent, more: { Recordings, ...more } });
  await centre.call('ImportContactRecords', { Records: [record] });
  return contactId;
}

const shown = async (ContactId: string, caller = centre.admin) =>
  (await centre.call('DescribeContactDetails', { ContactId }, caller)).Recordings;

test('a contact tells of its recordings what its record says, and that their bytes are not here', async () => {
  const may = { MayListen: true, MayDownload: true, MayDelete: true };
  expect(await shown(await contactWith(['a:b é.wav', 'chat.json']))).toEqual([
    {
      Name: 'a:b é.wav',
      MediaStreamType: 'AUDIO',
      ParticipantType: 'AGENT',
      StartTimestamp: start.getTime() / 1000,
      Status: 'AVAILABLE',
      Available: false,
      Redacted: false,
      ...may,
    },
    expect.objectContaining({ Name: 'chat.json', MediaStreamType: 'CHAT' }),
  ]);
  // As records were before there were several.
  const old = {
    Recordings: null,
    Recording: { Location: 'bucket/old.wav', Type: 'AUDIO', Status: 'DELETED', DeletionReason: 'Asked for' },
  };
  expect(await shown(await contactWith([], old))).toMatchObject([
    { Name: 'old.wav', MediaStreamType: 'AUDIO', Status: 'DELETED', DeletionReason: 'Asked for', Available: false },
  ]);
  expect(
    await shown(await contactWith([], { Recordings: [{ Location: 'bucket/' }, { Location: 7 }, null, 'x'] })),
  ).toEqual([]);
});

test('who may listen, download and delete is told for each recording', async () => {
  const contact = await contactWith(['a.wav', 'a_redacted.wav', 'a.json']);
  const told = async (...permissions: Parameters<typeof centre.signedIn>[0]) =>
    (await shown(contact, await centre.signedIn(['ContactSearch.View', ...permissions]))).map(
      ({ MayListen, MayDownload, MayDelete }) => [MayListen, MayDownload, MayDelete].map(Number).join(''),
    );
  expect(await told()).toEqual(['000', '000', '000']);
  expect(await told('CallRecordings.Unredacted.Access')).toEqual(['100', '100', '000']);
  expect(await told('CallRecordings.Redacted.Access')).toEqual(['000', '100', '000']);
  expect(await told('CallRecordings.Unredacted.DownloadButton')).toEqual(['010', '010', '000']);
  expect(await told('ContactTranscripts.Unredacted.Access')).toEqual(['000', '000', '100']);
  expect(await told('ListenCallRecordings', 'DownloadCallRecordings')).toEqual(['110', '110', '110']);
  expect(await told('DeleteCallRecordings')).toEqual(['001', '001', '001']);
});

test('redacted is only what is named so as Amazon Connect does', async () => {
  const names = [
    'a_call_recording_redacted_2026.wav',
    'a_unredacted.wav',
    'nonredacted.wav',
    'not-redacted.wav',
    'redacted.wav',
    'a_redactedbut.wav',
    'a_unredacted.json',
  ];
  const contact = await contactWith(names);
  const caller = await centre.signedIn([
    'ContactSearch.View',
    'CallRecordings.Redacted.Access',
    'CallRecordings.Redacted.DownloadButton',
    'ContactTranscripts.Redacted.Access',
  ]);
  const told = await shown(contact, caller);
  expect(told.filter(({ Redacted }) => Redacted).map(({ Name }) => Name)).toEqual([names[0]]);
  expect(told.filter(({ MayListen }) => MayListen).map(({ Name }) => Name)).toEqual([names[0]]);
  expect(told.filter(({ MayDownload }) => MayDownload).map(({ Name }) => Name)).toEqual([names[0]]);
});

// ---- Bytes ----------------------------------------------------------------------------------------------------------

const wav = (content = 'a sound') => Buffer.from(`RIFF....WAVE${content}`);
async function* chunksOf(bytes: Uint8Array, size = 5) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
const store = folderStore(recordingsFolder);
const log = { warn: () => {} };

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'taken',
    (error: unknown) => error,
  );

/** PutRecording with bytes as they come. */
async function put(
  ContactId: string,
  Name: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array> = wav(),
  caller: Caller = centre.admin,
) {
  const { run } = assembleForTest({ db: centre.db, now: () => centre.clock });
  return run({
    operation: operationOf('PutRecording').operation,
    input: { InstanceId: centre.instance.id, ContactId, Name },
    caller,
    region: centre.instance.region,
    requestId: randomUUID(),
    bytes: bytes instanceof Uint8Array ? chunksOf(bytes) : bytes,
  });
}
const got = async (ContactId: string, Name: string, more: object = {}, caller: Caller = centre.admin) => {
  const file = (await centre.send('GetRecording', { ContactId, Name, ...more }, caller)) as unknown as StoredFileAnswer;
  return { ...file, bytes: await buffer(file.read(0, file.size - 1) as AsyncIterable<Buffer>) };
};
/** Files of this run that are in the store. */
const stored = () =>
  (existsSync(recordingsFolder) ? readdirSync(recordingsFolder, { recursive: true, encoding: 'utf8' }) : []).filter(
    (path) => path.includes('/'),
  );
/** What the worker would remove, at once or when nobody has named it in time. */
const noted = () => centre.db.selectFrom('recording_removal').selectAll().execute();
const clean = async (now = new Date(centre.clock.getTime() + 86_400_000)) => {
  while (await removeBytes({ db: centre.db, store, log, now }));
};

test('a recording is put, told of, played and saved; the same again changes nothing, other bytes are refused', async () => {
  const contact = await contactWith(['a.wav']);
  const Sha256 = createHash('sha256').update(wav()).digest('hex');
  expect(await put(contact, 'a.wav')).toEqual({ Outcome: 'NEW', Size: 19, ContentType: 'audio/wav', Sha256 });
  expect(await put(contact, 'a.wav')).toMatchObject({ Outcome: 'SAME', Sha256 });
  expect(await refusalOf(put(contact, 'a.wav', wav('another')))).toMatchObject({ code: 'ResourceConflictException' });
  expect(await shown(contact)).toMatchObject([{ Available: true, ContentType: 'audio/wav', Size: 19 }]);
  expect(await got(contact, 'a.wav')).toMatchObject({ bytes: wav(), inline: true, fileName: 'a.wav' });
  expect(await got(contact, 'a.wav', { Download: true })).toMatchObject({ bytes: wav(), inline: false });
  const told = { Name: 'a.wav', Size: 19, ContentType: 'audio/wav', Sha256 };
  expect((await centre.history(contact)).map(({ operation, details }) => [operation, details])).toEqual([
    ['PutRecording', { Changes: { Recording: { Old: null, New: told } } }],
  ]);
  // The bytes of the two that were not kept are removed, and no others.
  await clean();
  expect(await noted()).toEqual([]);
  expect((await got(contact, 'a.wav')).bytes).toEqual(wav());
});

test.each<[string, Uint8Array, string]>([
  ['nothing', Buffer.alloc(0), 'a.wav'],
  ['text for a sound', Buffer.from('<html>hello</html>'), 'a.wav'],
  ['two bytes', Buffer.from('RI'), 'a.wav'],
  ['a sound for a transcript', wav(), 'a.json'],
  ['half a transcript', Buffer.from('{"a":'), 'a.json'],
  ['a transcript of brackets', Buffer.from('['.repeat(65) + ']'.repeat(65)), 'a.json'],
  ['a transcript that is no UTF-8', Buffer.from('"\xff"', 'latin1'), 'a.json'],
  ['one kind of sound for another', wav(), 'a.mp3'],
  ['a film', wav(), 'a.mp4'],
])('%s is not taken', async (_, bytes, name) => {
  const contact = await contactWith(['a.wav', 'a.json', 'a.mp3', 'a.mp4']);
  expect(await refusalOf(put(contact, name, bytes))).toMatchObject({ code: 'InvalidParameterException' });
  expect((await shown(contact)).every(({ Available }) => !Available)).toBe(true);
  await clean();
});

test.each<[string, Uint8Array]>([
  ['a.json', Buffer.from('{"Transcript":[]}')],
  ['a.mp3', Buffer.from('ID3 and so on')],
  ['b.mp3', Buffer.from([0xff, 0xfb, 1, 2])],
  ['a.OGG', Buffer.from('OggS and so on')],
])('%s is taken', async (name, bytes) => {
  const contact = await contactWith([name]);
  expect(await put(contact, name, bytes)).toMatchObject({ Outcome: 'NEW', Size: bytes.length });
  expect((await got(contact, name)).bytes).toEqual(bytes);
});

test('a transcript goes into the store as it comes, and is never whole in memory', async () => {
  const text = Buffer.from(JSON.stringify({ Transcript: Array(100).fill({ Content: 'é' }) }));
  const came: number[] = [];
  const watching = {
    ...store,
    put: async (_id: string, chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) came.push(chunk.length);
    },
  };
  const received = await receiveBytes(
    { db: centre.db, store: watching, now: monday },
    'application/json',
    chunksOf(text),
  );
  expect(received).toMatchObject({ size: text.length, sha256: createHash('sha256').update(text).digest() });
  expect(Math.max(...came)).toBe(5);
  await clean();
});

test('what the record does not have is refused before a byte is read, as is the recording of another contact', async () => {
  const contact = await contactWith(['a.wav', '..', 'é:1.wav']);
  const other = await contactWith(['b.wav']);
  let read = 0;
  const watched = async function* () {
    read += 1;
    yield wav();
  };
  for (const [id, name] of [
    [contact, 'b.wav'],
    [other, 'a.wav'],
    [randomUUID(), 'a.wav'],
    [contact, '../a.wav'],
    [contact, 'A.wav'],
  ] as const) {
    expect(await refusalOf(put(id, name, watched()))).toMatchObject({ code: 'ResourceNotFoundException' });
  }
  expect(await refusalOf(put(contact, '..', watched()))).toMatchObject({ code: 'InvalidParameterException' });
  expect(read).toBe(0);
  await put(contact, 'é:1.wav');
  expect(stored().every((path) => /^[0-9a-f]{2}\/[0-9a-f-]{36}$/.test(path))).toBe(true);
  expect(await refusalOf(got(contact, 'a.wav'))).toMatchObject({
    message: 'The bytes of this recording are not here.',
  });
});

test('a deletion takes the bytes away at once and for good, and says why and by whom', async () => {
  const contact = await contactWith(['a.wav', 'b.wav']);
  await put(contact, 'a.wav');
  const Reason = 'The customer asked for it.';
  const before = stored().length;
  await centre.call('DeleteRecording', { ContactId: contact, Name: 'a.wav', Reason });
  expect(await shown(contact)).toMatchObject([
    {
      Status: 'DELETED',
      DeletionReason: Reason,
      DeletedTime: monday.getTime() / 1000,
      DeletedBy: centre.admin.username,
      Available: false,
    },
    { Status: 'AVAILABLE' },
  ]);
  // Whoever may not be told of users is not told who it was.
  const [deleted] = await shown(contact, await centre.signedIn(['ContactSearch.View']));
  expect(deleted).toMatchObject({ Status: 'DELETED', DeletionReason: Reason });
  expect(deleted).not.toHaveProperty('DeletedBy');
  const { Contact } = await centre.call('DescribeContact', { ContactId: contact });
  expect(Contact.Recordings).toMatchObject([{ Status: 'DELETED', DeletionReason: Reason }, { Status: 'AVAILABLE' }]);
  expect((await centre.history(contact)).at(-1)).toMatchObject({
    operation: 'DeleteRecording',
    permission: 'DeleteCallRecordings',
    details: { Changes: { Recording: { New: { Status: 'DELETED', DeletionReason: Reason } } } },
  });
  const gone = { code: 'ResourceNotFoundException', message: expect.stringContaining(Reason) };
  expect(await refusalOf(got(contact, 'a.wav'))).toMatchObject(gone);
  expect(await refusalOf(put(contact, 'a.wav'))).toMatchObject(gone);
  expect(await refusalOf(centre.call('DeleteRecording', { ContactId: contact, Name: 'a.wav', Reason }))).toMatchObject(
    gone,
  );
  expect(await refusalOf(centre.call('DeleteRecording', { ContactId: contact, Name: 'b.wav', Reason }))).toMatchObject({
    message: 'The bytes of this recording are not here.',
  });
  // Dies here; the next worker does it.
  expect(stored()).toHaveLength(before);
  await clean();
  expect(stored()).toHaveLength(before - 1);
});

test('a record that is newer and says DELETED hides the bytes', async () => {
  const contact = await contactWith(['a.wav']);
  await put(contact, 'a.wav');
  const Recordings = [{ Location: 'x/a.wav', Status: 'DELETED', DeletionReason: 'Elsewhere' }];
  const record = contactRecord(centre.instance, {
    contactId: contact,
    start,
    agent,
    updated: 500,
    more: { Recordings },
  });
  await centre.call('ImportContactRecords', { Records: [record] });
  expect(await shown(contact)).toMatchObject([{ Status: 'DELETED', DeletionReason: 'Elsewhere', Available: false }]);
  expect(await refusalOf(got(contact, 'a.wav'))).toMatchObject({ message: expect.stringContaining('Elsewhere') });
});

test('whatever dies while bytes come in, none stay that nobody knows of, and none go that somebody does', async () => {
  await clean();
  const contact = await contactWith(['a.wav']);
  const before = stored();
  const broken = async function* () {
    yield wav();
    throw new Error('the client went away');
  };
  await expect(put(contact, 'a.wav', broken())).rejects.toThrow('the client went away');
  expect(stored()).toEqual(before);
  // Killed between the file and the database: the note is there, and counts when no request can last any longer.
  const objectId = await receiveBytes({ db: centre.db, store, now: monday }, 'audio/wav', chunksOf(wav())).then(
    (one) => one.objectId,
  );
  await clean(new Date(monday.getTime() + 3_000_000));
  expect(stored()).toHaveLength(before.length + 1);
  await clean(new Date(monday.getTime() + 3_700_000));
  expect(stored()).toEqual(before);
  expect(await noted()).toEqual([]);
  // Killed after it: the note has gone in the transaction that knows the name.
  await put(contact, 'a.wav');
  expect(await noted()).toEqual([]);
  // A worker that dies after the file and before its commit has done no harm.
  await centre.call('DeleteRecording', { ContactId: contact, Name: 'a.wav', Reason: 'Test' });
  const dying = centre.db.transaction().execute(async (tx) => {
    await removeNoted(tx, { now: monday, later: monday, limit: 9 }, async (id) => {
      await store.remove(id);
      return true;
    });
    throw new Error('killed');
  });
  await expect(dying).rejects.toThrow('killed');
  expect(await noted()).toHaveLength(1);
  await clean();
  expect(await noted()).toEqual([]);
  expect(stored()).toEqual(before);
  expect(before.some((path) => path.includes(objectId))).toBe(false);
});

test('bytes that cannot be removed are tried again later, and hold up no others', async () => {
  await clean();
  const contact = await contactWith(['a.wav', 'b.wav']);
  for (const name of ['a.wav', 'b.wav']) {
    await put(contact, name);
    await centre.call('DeleteRecording', { ContactId: contact, Name: name, Reason: 'Test' });
  }
  const [first] = await noted();
  const stubborn = {
    ...store,
    remove: async (id: string) => {
      if (id === first?.object_id) throw new Error('EACCES');
      await store.remove(id);
    },
  };
  await removeBytes({ db: centre.db, store: stubborn, log, now: monday });
  expect(await noted()).toMatchObject([
    { object_id: first?.object_id, due_time: new Date(monday.getTime() + 600_000) },
  ]);
  await clean();
});

test('the bytes go with the contact', async () => {
  const contact = await contactWith(['a.wav']);
  await put(contact, 'a.wav');
  await centre.db
    .updateTable('contact')
    .set({ initiation_time: new Date('2020-01-01') })
    .where('contact_id', '=', contact)
    .execute();
  const before = stored().length;
  await pruneContacts(centre.db, new Date('2021-01-01'), 100);
  await clean(new Date(Date.now() + 60_000));
  expect(stored()).toHaveLength(before - 1);
  expect(await centre.db.selectFrom('recording').selectAll().where('contact_id', '=', contact).execute()).toEqual([]);
});

test('playing, saving, deleting and putting are each for those who may, within their reach', async () => {
  const contact = await contactWith(['a.wav']);
  await put(contact, 'a.wav');
  const denied = { code: 'AccessDeniedException' };
  const see = 'ContactSearch.View';
  const listener = await centre.signedIn([see, 'CallRecordings.Unredacted.Access']);
  expect((await got(contact, 'a.wav', {}, listener)).bytes).toEqual(wav());
  expect(await refusalOf(got(contact, 'a.wav', { Download: true }, listener))).toMatchObject(denied);
  const Reason = 'Test';
  expect(
    await refusalOf(centre.call('DeleteRecording', { ContactId: contact, Name: 'a.wav', Reason }, listener)),
  ).toMatchObject(denied);
  expect(await refusalOf(put(contact, 'a.wav', wav(), listener))).toMatchObject(denied);
  // Of agents with another tag only.
  const profile = await centre.addSecurityProfile([see, 'CallRecordings.Unredacted.Access']);
  const limit = (Team: string) =>
    centre.db
      .updateTable('security_profile')
      .set({ tag_restricted_resources: ['User'], allowed_access_control_tags: JSON.stringify({ Team }) })
      .where('id', '=', profile)
      .execute();
  const userId = await centre.addUser({ username: 'limited', securityProfileIds: [profile] });
  const limited: Caller = { kind: 'USER', userId, username: 'limited', instanceId: centre.instance.id };
  await limit('Blue');
  expect(await refusalOf(got(contact, 'a.wav', {}, limited))).toMatchObject(denied);
  await limit('Red');
  expect((await got(contact, 'a.wav', {}, limited)).bytes).toEqual(wav());
});

test('contacts are found and listed by what is here to listen to, for those who may listen', async () => {
  const [sound, chat, redacted, both, none] = await Promise.all([
    contactWith(['a.wav']),
    contactWith(['a.json']),
    contactWith(['a_redacted.wav']),
    contactWith(['a.wav', 'a.json']),
    contactWith(['not-here.wav']),
  ]);
  const text = Buffer.from('{"Transcript": []}');
  for (const id of [sound, both]) await put(id, 'a.wav');
  for (const id of [chat, both]) await put(id, 'a.json', chunksOf(text));
  await put(redacted, 'a_redacted.wav');
  const own = new Map([sound, chat, redacted, both, none].map((id, index) => [id, index]));
  const range = { StartTime: start.getTime() / 1000, EndTime: start.getTime() / 1000 + 1 };
  const TimeRange = { Type: 'INITIATION_TIMESTAMP' as const, ...range };
  const found = async (more: object, caller = centre.admin) => {
    const { Contacts } = await centre.call('SearchContactDetails', { TimeRange, ...more }, caller);
    const mine = Contacts.filter(({ Id }) => own.has(Id));
    return Object.fromEntries(mine.map(({ Id, Recorded }) => [own.get(Id), Recorded]));
  };
  const all = { 0: ['RECORDING'], 1: ['TRANSCRIPT'], 2: ['RECORDING'], 3: ['RECORDING', 'TRANSCRIPT'] };
  expect(await found({})).toEqual({ ...all, 4: [] });
  expect(await found({ Recorded: ['RECORDING', 'TRANSCRIPT'] })).toEqual(all);
  expect(Object.keys(await found({ Recorded: ['RECORDING'] }))).toEqual(['0', '2', '3']);
  expect(Object.keys(await found({ Recorded: ['TRANSCRIPT'] }))).toEqual(['1', '3']);
  const { chunks } = await centre.download('DownloadContacts', {
    TimeRange,
    Recorded: ['TRANSCRIPT'],
    Columns: ['ContactId', 'Recorded'],
  });
  const file = (await buffer(chunks as AsyncIterable<Buffer>)).toString();
  expect(file).toContain(`${both},"Recording, Transcript"`);
  expect(file).not.toContain(sound);

  const as = (...permissions: Parameters<typeof centre.signedIn>[0]) =>
    centre.signedIn(['ContactSearch.View', ...permissions]);
  const nobody = await as();
  expect(await found({}, nobody)).toEqual({ 0: [], 1: [], 2: [], 3: [], 4: [] });
  await expect(found({ Recorded: ['RECORDING'] }, nobody)).rejects.toThrow('permission to listen');
  const reader = await as('ContactTranscripts.Unredacted.Access');
  expect(await found({}, reader)).toEqual({ 0: [], 1: ['TRANSCRIPT'], 2: [], 3: ['TRANSCRIPT'], 4: [] });
  await expect(found({ Recorded: ['RECORDING'] }, reader)).rejects.toThrow('permission to listen');
  expect(Object.keys(await found({ Recorded: ['RECORDING', 'TRANSCRIPT'] }, reader))).toEqual(['1', '3']);
  expect(await found({ Recorded: ['RECORDING'] }, await as('CallRecordings.Redacted.Access'))).toEqual({
    2: ['RECORDING'],
  });

  await centre.call('DeleteRecording', { ContactId: sound, Name: 'a.wav', Reason: 'Asked for.' });
  expect(Object.keys(await found({ Recorded: ['RECORDING'] }))).toEqual(['2', '3']);
});
