import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { centreForFile, monday } from '../../../test/support/centre.ts';
import { contactRecord } from '../../../test/support/contact-records.ts';

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
