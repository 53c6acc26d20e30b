import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../test/support/centre.ts';
import { contactRecord, sampleRecords } from '../../../test/support/contact-records.ts';
import type { Caller } from '../../operations/caller.ts';
import { encodeToken } from '../../operations/paging.ts';

/** What answers show: anything. */
// biome-ignore lint/suspicious/noExplicitAny: the test walks answers as clients without types do.
type Seen = any;

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
/** Answers are walked as clients without types do. */
const call = (name: string, input: object, caller?: Caller): Promise<Seen> => centre.send(name, input, caller);
const start = new Date('2026-01-04T09:00:00Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const [emea, claims, apac] = ['EMEA', 'Claims', 'APAC'].map((name) => ({ id: randomUUID(), name })) as [
  Seen,
  Seen,
  Seen,
];
const queue = { id: randomUUID(), name: 'Support' };
const tier = { id: randomUUID(), name: 'Tier 1' };
const otherQueue = { id: randomUUID(), name: 'Billing' };
/** Of the tagged one; of one in another branch; of one who is of no instance. */
let ada: string;
let bob: string;
const stranger = randomUUID();
let contacts: Record<'ada' | 'bob' | 'stranger' | 'nobody', string>;

const imported = async (options: Partial<Parameters<typeof contactRecord>[1]>) => {
  const contactId = randomUUID();
  const Records = [contactRecord(centre.instance, { contactId, start, ...options })];
  await call('ImportContactRecords', { Records });
  return contactId;
};

beforeAll(async () => {
  ada = await centre.addUser({ username: 'ada', firstName: 'Ada', lastName: 'Lovelace', tags: { Team: 'Red' } });
  bob = await centre.addUser({ username: 'bob', tags: { Team: 'Blue' } });
  contacts = {
    ada: await imported({
      queue,
      agent: { id: ada, username: 'ada', groups: [emea, claims], routingProfile: tier },
      more: { Attributes: { Language: 'de' }, ContactDetails: { ContactDetailsName: 'A refund' }, Tags: { Kind: 'x' } },
    }),
    bob: await imported({
      start: at(60),
      queue: otherQueue,
      agent: { id: bob, username: 'bob', groups: [apac] },
      more: { CustomerEndpoint: { Type: 'EMAIL_ADDRESS', Address: 'Anna@example.com' } },
    }),
    stranger: await imported({ start: at(120), agent: { id: stranger, username: '=cmd', groups: [emea] } }),
    nobody: await imported({ start: at(180), queue, more: { Channel: 'TASK', InitiationMethod: 'API' } }),
  };
});

const range = (Type = 'INITIATION_TIMESTAMP') => ({
  Type,
  StartTime: start.getTime() / 1000,
  EndTime: start.getTime() / 1000 + 3600,
});
const names = (found: readonly { Id: string }[]) =>
  found.map(({ Id }) => Object.entries(contacts).find(([, id]) => id === Id)?.[0] ?? Id);

async function found(SearchCriteria: object = {}, caller?: Caller, more: object = {}) {
  const answer = await call('SearchContacts', { TimeRange: range(), SearchCriteria, ...more }, caller);
  expect(answer.TotalCount).toBe(answer.Contacts.length);
  return names(answer.Contacts);
}

const tagged = (Team: string) => ({
  allowed_access_control_tags: JSON.stringify({ Team }),
  tag_restricted_resources: ['User'],
});
const inBranch = (id: string) => ({
  hierarchy_restricted_resources: ['User'],
  allowed_access_control_hierarchy_group_id: id,
});

test('contacts are found by everything that a search can ask', async () => {
  expect(await found()).toEqual(['nobody', 'stranger', 'bob', 'ada']);
  expect(await found({ AgentIds: [ada, stranger] })).toEqual(['stranger', 'ada']);
  expect(await found({ QueueIds: [queue.id] })).toEqual(['nobody', 'ada']);
  expect(await found({ Channels: ['TASK'] })).toEqual(['nobody']);
  expect(await found({ InitiationMethods: ['API'] })).toEqual(['nobody']);
  expect(await found({ AgentHierarchyGroups: { L1Ids: [emea.id] } })).toEqual(['stranger', 'ada']);
  expect(await found({ AgentHierarchyGroups: { L1Ids: [apac.id], L2Ids: [claims.id] } })).toEqual(['bob', 'ada']);
  expect(await found({ AgentHierarchyGroups: { L2Ids: [emea.id] } })).toEqual([]);
  expect(await found({ Name: { SearchText: ['REFUND'], MatchType: 'MATCH_ANY' } })).toEqual(['ada']);
  expect(await found({ Name: { SearchText: ['refund'], MatchType: 'MATCH_NONE' } })).toEqual([
    'nobody',
    'stranger',
    'bob',
  ]);
  expect(await found({ ContactTags: { TagCondition: { TagKey: 'Kind', TagValue: 'x' } } })).toEqual(['ada']);
  const attributes = (Values: string[]) => ({
    SearchableContactAttributes: { Criteria: [{ Key: 'Language', Values }] },
  });
  expect(await found(attributes(['fr', 'de']))).toEqual(['ada']);
  expect(await found(attributes(['fr']))).toEqual([]);
  const without = { TimestampCondition: { Type: 'CONNECTED_TO_AGENT_TIMESTAMP', ConditionType: 'NOT_EXISTS' } };
  expect(await found({ AdditionalTimeRange: { Criteria: [without], MatchType: 'MATCH_ALL' } })).toEqual(['nobody']);
  expect(await found({}, undefined, { TimeRange: range('CONNECTED_TO_AGENT_TIMESTAMP') })).toEqual([
    'stranger',
    'bob',
    'ada',
  ]);
  expect(
    await found({}, undefined, {
      TimeRange: { ...range(), StartTime: range().StartTime + 60, EndTime: range().StartTime + 120 },
    }),
  ).toEqual(['bob']);
});

test('pages follow each other in every order, also where some have not what is sorted by', async () => {
  for (const FieldName of [
    'INITIATION_TIMESTAMP',
    'CONNECTED_TO_AGENT_TIMESTAMP',
    'DISCONNECT_TIMESTAMP',
    'CHANNEL',
    'SCHEDULED_TIMESTAMP',
  ]) {
    for (const Order of ['ASCENDING', 'DESCENDING']) {
      const Sort = { FieldName, Order };
      const whole = await found({}, undefined, { Sort });
      expect(whole).toHaveLength(4);
      const paged: Seen[] = [];
      let NextToken: string | undefined;
      do {
        const input = { TimeRange: range(), Sort, MaxResults: 1, ...(NextToken && { NextToken }) };
        const page = await call('SearchContacts', input);
        paged.push(...page.Contacts);
        NextToken = page.NextToken;
      } while (NextToken);
      expect(names(paged)).toEqual(whole);
    }
  }
});

test('the list finds what Connect’s search cannot ask: one contact, routing profiles, the beginning of an address', async () => {
  const listed = async (more: object, caller?: Caller) => {
    const { Contacts, TotalCount } = await call('SearchContactDetails', { TimeRange: range(), ...more }, caller);
    expect(TotalCount).toBe(Contacts.length);
    return names(Contacts);
  };
  const never = { ...range(), EndTime: range().StartTime };
  expect(await listed({ ContactId: contacts.bob, TimeRange: never, Endpoint: 'no' })).toEqual(['bob']);
  expect(await listed({ ContactId: randomUUID() })).toEqual([]);
  expect(
    await listed({ ContactId: contacts.bob }, await centre.signedIn(['ContactSearch.View'], tagged('Red'))),
  ).toEqual([]);
  expect(await listed({ RoutingProfileIds: [tier.id] })).toEqual(['ada']);
  expect(await listed({ RoutingProfileIds: [randomUUID()] })).toEqual([]);
  expect(await listed({ Endpoint: '+1202' })).toHaveLength(4);
  expect(await listed({ Endpoint: 'ANNA@' })).toEqual(['bob']);
  expect(await listed({ Endpoint: '+120255501%' })).toEqual([]);
});

test('any page of the list is there at once', async () => {
  const page = async (more: object) => {
    const answer = await call('SearchContactDetails', { TimeRange: range(), MaxResults: 3, ...more });
    expect(answer.TotalCount).toBe(4);
    return { ...answer, found: names(answer.Contacts) };
  };
  const first = await page({});
  expect(first.found).toEqual(['nobody', 'stranger', 'bob']);
  expect((await page({ StartIndex: 3 })).found).toEqual(['ada']);
  expect((await page({ StartIndex: 2 })).found).toEqual(['bob', 'ada']);
  await expect(page({ StartIndex: 1, NextToken: first.NextToken })).rejects.toThrow('not both');
  await expect(page({ StartIndex: 10_000 })).rejects.toThrow('StartIndex must be');
});

async function downloaded(input: object, caller?: Caller): Promise<string[][]> {
  const asked = { TimeRange: range(), ...input } as Parameters<typeof centre.download<'DownloadContacts'>>[1];
  const file = await centre.download('DownloadContacts', asked, caller);
  expect(file.fileName).toBe(`contacts-${centre.clock.toISOString().slice(0, 10)}.csv`);
  let text = '';
  for await (const chunk of file.chunks) text += chunk;
  expect(text.startsWith('\uFEFF')).toBe(true);
  return text
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

test('the list is downloaded with the columns that are shown', async () => {
  expect(
    await downloaded({ Columns: ['Agent', 'RoutingProfile', 'AgentHierarchy', 'Queue', 'ContactId', 'Agent'] }),
  ).toEqual([
    ['Agent', 'Routing profile', 'Agent hierarchy', 'Queue', 'Contact ID'],
    ['', '', '', 'Support', contacts.nobody],
    ["'=cmd", '', 'EMEA', '', contacts.stranger],
    ['bob', '', 'APAC', 'Billing', contacts.bob],
    ['ada', 'Tier 1', 'EMEA / Claims', 'Support', contacts.ada],
  ]);
  const Columns = ['InitiationTimestamp', 'QueueDuration', 'AgentDeleted', 'TransferredOut', 'Name', 'Tags'];
  expect((await downloaded({ ContactId: contacts.ada, Columns })).slice(1)).toEqual([
    [start.toISOString(), '10', '', 'No', 'A refund', 'Kind:x'],
  ]);
  const [header] = await downloaded({ ContactId: contacts.ada });
  expect(header).toHaveLength(30);
  await expect(downloaded({ Columns: ['Mood'] })).rejects.toThrow('Columns');
  await expect(downloaded({ TimeRange: { ...range(), EndTime: 0 } })).rejects.toThrow('before its StartTime');
});

test('what a search cannot do it refuses in a sentence', async () => {
  const refused = (more: object) => call('SearchContacts', { TimeRange: range(), ...more });
  const long = { ...range(), EndTime: range().StartTime + 57 * 86_400 };
  await expect(refused({ TimeRange: long })).rejects.toThrow('TimeRange may span 8 weeks at most.');
  await expect(refused({ TimeRange: { ...range(), EndTime: 0 } })).rejects.toThrow('EndTime of TimeRange is before');
  await expect(refused({ SearchCriteria: { ActiveRegions: ['us-east-1'] } })).rejects.toThrow(
    'leave ActiveRegions out',
  );
  const segment = { Criteria: [{ Key: 'Other', Values: ['x'] }] };
  await expect(refused({ SearchCriteria: { SearchableSegmentAttributes: segment } })).rejects.toThrow(
    'connect:Subtype alone',
  );
  await expect(refused({ Sort: { FieldName: 'EXPIRY_TIMESTAMP', Order: 'ASCENDING' } })).rejects.toThrow(
    'do not expire',
  );
});

test('whoever is limited sees by hierarchy what was in the branch then, and by tags whom the tags name now', async () => {
  const everything = await centre.signedIn(['ContactSearch.View']);
  expect(await found({}, everything)).toHaveLength(4);
  expect(await found({}, await centre.signedIn(['ContactSearch.View'], inBranch(emea.id)))).toEqual([
    'stranger',
    'ada',
  ]);
  expect(await found({}, await centre.signedIn(['ContactSearch.View'], inBranch(claims.id)))).toEqual(['ada']);
  expect(await found({}, await centre.signedIn(['ContactSearch.View'], inBranch(randomUUID())))).toEqual([]);
  const red = await centre.signedIn(['ContactSearch.View'], tagged('Red'));
  expect(await found({}, red)).toEqual(['ada']);
  expect(await refusalOf(call('DescribeContact', { ContactId: contacts.bob }, red))).toBe('AccessDeniedException');
  expect(await refusalOf(call('DescribeContact', { ContactId: contacts.nobody }, red))).toBe('AccessDeniedException');
  expect(await refusalOf(call('DescribeContact', { ContactId: randomUUID() }, red))).toBe('ResourceNotFoundException');
  const both = await centre.signedIn(['ContactSearch.View'], { ...tagged('Red'), ...inBranch(apac.id) });
  expect(await found({}, both)).toEqual([]);
});

test('with View my contacts one sees those that one has handled; a restriction leaves those of the own branch', async () => {
  const mine = await centre.signedIn(['MyContacts.View']);
  const own = await imported({ start: at(240), agent: { id: mine.userId, username: mine.username } });
  expect(await found({}, mine)).toEqual([own]);
  expect(await refusalOf(call('DescribeContact', { ContactId: contacts.ada }, mine))).toBe('AccessDeniedException');
  expect(await call('DescribeContact', { ContactId: own }, mine)).toMatchObject({ Contact: { Id: own } });
  const restricted = await centre.signedIn(['ContactSearch.View', 'RestrictContactAccessByHierarchy.View']);
  expect(await found({}, restricted)).toEqual([]);
  await centre.db
    .insertInto('hierarchy_group')
    .values({
      id: emea.id,
      instance_id: centre.instance.id,
      name: 'EMEA',
      level: 1,
      parent_group_id: null,
      last_modified_time: start,
      last_modified_region: 'us-east-1',
    })
    .execute();
  await centre.db
    .updateTable('users')
    .set({ hierarchy_group_id: emea.id })
    .where('id', '=', restricted.userId)
    .execute();
  expect(await found({}, restricted)).toEqual(['stranger', 'ada']);
  await centre.db.deleteFrom('contact').where('contact_id', '=', own).execute();
});

test('attributes are told with a permission of their own, and only of contacts that one sees', async () => {
  const searcher = await centre.signedIn(['ContactSearch.View']);
  const describe = async (caller?: Caller) =>
    (await call('DescribeContact', { ContactId: contacts.ada }, caller)).Contact.Attributes;
  expect(await describe()).toEqual({ Language: 'de' });
  expect(await describe(searcher)).toBeUndefined();
  const attributes = (caller: Caller) => call('GetContactAttributes', { InitialContactId: contacts.ada }, caller);
  expect(await attributes(await centre.signedIn(['ContactSearch.View', 'ContactAttributes.View']))).toEqual({
    Attributes: { Language: 'de' },
  });
  expect(await refusalOf(attributes(await centre.signedIn(['ContactAttributes.View'])))).toBe('AccessDeniedException');
  const criteria = { SearchableContactAttributes: { Criteria: [{ Key: 'Language', Values: ['de'] }] } };
  const search = call('SearchContacts', { TimeRange: range(), SearchCriteria: criteria }, searcher);
  await expect(search).rejects.toThrow('ContactAttributes.View');
});

test('attributes of whom one may not read them of are neither told nor found', async () => {
  // Sees all contacts, but reads the attributes of those of one team alone.
  const reader = await centre.signedIn(['ContactAttributes.View'], tagged('Red'));
  const seeing = await centre.addSecurityProfile(['ContactSearch.View']);
  await centre.db
    .insertInto('user_security_profile')
    .values({ user_id: reader.userId, security_profile_id: seeing, position: 2 })
    .execute();
  const others = await imported({
    start: at(300),
    agent: { id: bob, username: 'bob' },
    more: { Attributes: { Language: 'de' } },
  });
  expect(await found({}, reader)).toHaveLength(5);
  for (const [ContactId, attributes] of [
    [contacts.ada, { Language: 'de' }],
    [others, undefined],
  ] as const) {
    expect((await call('DescribeContact', { ContactId }, reader)).Contact.Attributes).toEqual(attributes);
    expect((await call('DescribeContactDetails', { ContactId }, reader)).Attributes).toEqual(attributes);
  }
  expect(await refusalOf(call('GetContactAttributes', { InitialContactId: others }, reader))).toBe(
    'AccessDeniedException',
  );
  for (const [MatchType, Key] of [
    ['MATCH_ALL', 'Language'],
    ['MATCH_NONE', 'Other'],
  ]) {
    const criteria = { SearchableContactAttributes: { Criteria: [{ Key, Values: [] }], MatchType } };
    expect(await found(criteria, reader)).toEqual(['ada']);
  }
  await centre.db.deleteFrom('contact').where('contact_id', '=', others).execute();
});

test('numbers that no answer can hold are left out of it', async () => {
  const contactId = randomUUID();
  const record = contactRecord(centre.instance, {
    contactId,
    start: at(-900),
    agent: { id: bob, username: 'bob' },
    more: { TotalPauseCount: 1.5, TotalPauseDurationInSeconds: 7, SegmentAttributes: { a: { ValueInteger: 1e300 } } },
  }).replace('"TotalPauseDurationInSeconds":7', '"TotalPauseDurationInSeconds":1e400');
  await call('ImportContactRecords', { Records: [record] });
  const { Contact } = await call('DescribeContact', { ContactId: contactId });
  expect(Contact.Id).toBe(contactId);
  expect(Contact).not.toHaveProperty('TotalPauseCount');
  expect(Contact).not.toHaveProperty('TotalPauseDurationInSeconds');
  expect(Contact).not.toHaveProperty('SegmentAttributes');
});

test('a page token with a time that no page gave is refused', async () => {
  for (const key of ['2026-02-30T00:00:00.000Z', '0000-01-01T00:00:00.000Z', '2026-01-04T09:00:00Z', 'now']) {
    const NextToken = encodeToken('contacts initiation_time true', [key, contacts.ada]);
    await expect(call('SearchContacts', { TimeRange: range(), NextToken })).rejects.toThrow('NextToken is not valid');
  }
});

test('what is changed here is newer than what was delivered, and gives way to what is delivered later', async () => {
  const contactId = randomUUID();
  const record = (updated: number) =>
    contactRecord(centre.instance, { contactId, start: at(-600), updated, more: { Attributes: { Step: '1' } } });
  await call('ImportContactRecords', { Records: [record(100)] });
  await call('UpdateContactAttributes', { InitialContactId: contactId, Attributes: { Step: '2', Note: '' } });
  await call('TagContact', { ContactId: contactId, Tags: { Case: 'A', Team: 'B' } });
  await call('UntagContact', { ContactId: contactId, TagKeys: ['Team', 'None'] });
  await call('UntagContact', { ContactId: contactId, TagKeys: ['None'] });
  const described = async () => (await call('DescribeContact', { ContactId: contactId })).Contact;
  expect(await described()).toMatchObject({ Attributes: { Step: '2', Note: '' }, Tags: { Case: 'A' } });
  expect(await call('ImportContactRecords', { Records: [record(100)] })).toMatchObject({ OlderCount: 1 });
  expect(await described()).toMatchObject({ Attributes: { Step: '2' } });
  const entries = await centre.history(contactId);
  expect(entries.map(({ operation, details }) => [operation, details])).toEqual([
    ['UpdateContactAttributes', { Changes: { 'Attributes.Step': {}, 'Attributes.Note': {} } }],
    ['TagContact', { Changes: { Tags: { Old: {}, New: { Case: 'A', Team: 'B' } } } }],
    ['UntagContact', { Changes: { Tags: { Old: { Case: 'A', Team: 'B' }, New: { Case: 'A' } } } }],
  ]);
  const six = Object.fromEntries([1, 2, 3, 4, 5, 6].map((key) => [`K${key}`, '']));
  await expect(call('TagContact', { ContactId: contactId, Tags: six })).rejects.toThrow('6 tags at most');
  const big = { InitialContactId: contactId, Attributes: { a: 'x'.repeat(32_767), b: 'xx' } };
  await expect(call('UpdateContactAttributes', big)).rejects.toThrow('32 KB in sum');
  centre.clock = new Date('2026-01-06T09:00:00Z');
  const later = record((centre.clock.getTime() - at(-600).getTime()) / 1000);
  expect(await call('ImportContactRecords', { Records: [later] })).toMatchObject({ NewerCount: 1 });
  expect(await described()).toMatchObject({ Attributes: { Step: '1' }, Tags: {} });
});

test('a chain of transfers is told whole, and the record with what it has besides', async () => {
  const Records = [
    ...sampleRecords('ctr-transfer-chain-cold.jsonl').trim().split('\n'),
    sampleRecords('ctr-voice-newest-fields-2026.json'),
  ];
  centre.clock = new Date('2026-06-01T00:00:00Z');
  await call('ImportContactRecords', { Records, AnyInstance: true });
  const [first, second, newest] = ['10', '11', '60'].map((end) => `c0000000-0000-4000-8000-0000000000${end}`);
  for (const ContactId of [first, second]) {
    const { ContactSummaryList } = await call('ListAssociatedContacts', { ContactId });
    expect(ContactSummaryList.map((one: Seen) => one.ContactId)).toEqual([first, second]);
    const { Chain } = await call('DescribeContactDetails', { ContactId });
    expect(Chain.map(({ Agent, Queue }: Seen) => [Agent.Username, Queue.Name])).toEqual([
      ['agent.one', 'Support'],
      ['agent.two', 'Billing'],
    ]);
  }
  expect(await call('DescribeContact', { ContactId: newest })).toMatchObject({
    Contact: {
      AgentInfo: {
        AgentInitiatedHoldDuration: 50,
        DeviceInfo: { OperatingSystem: 'Windows' },
        HierarchyGroups: { Level1: { Arn: expect.stringContaining('/agent-group/00000001-') } },
        StateTransitions: [{ State: 'SILENT_MONITOR' }],
      },
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12025550111' },
      GlobalResiliencyMetadata: { OriginRegion: 'us-east-1' },
      SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
    },
  });
});

test('a deletion changes no value of any contact, for administrators and for those who are limited; it is told beside', async () => {
  const callers = {
    admin: await centre.signedIn(['ContactSearch.View', 'ContactAttributes.View', 'Users.View']),
    byTag: await centre.signedIn(['ContactSearch.View', 'ContactAttributes.View'], tagged('Red')),
    byBranch: await centre.signedIn(['ContactSearch.View', 'ContactAttributes.View'], inBranch(emea.id)),
  };
  const seen = async () => {
    const answers: Record<string, Seen> = {};
    for (const [name, caller] of Object.entries(callers)) {
      answers[name] = [
        await call('SearchContactDetails', { TimeRange: range() }, caller),
        await call('DescribeContactDetails', { ContactId: contacts.ada }, caller),
        await call('DescribeContact', { ContactId: contacts.ada }, caller),
        await call('SearchContacts', { TimeRange: range() }, caller),
      ];
    }
    return answers;
  };
  const withoutMarks = (answers: object) =>
    JSON.parse(
      JSON.stringify(answers, (key, value) => (/^(Status|DeletedTime|DeletedBy)$/.test(key) ? undefined : value)),
    );
  const before = await seen();
  expect(before.byTag[0].Contacts).toMatchObject([
    {
      Id: contacts.ada,
      Agent: {
        Username: 'ada',
        FirstName: 'Ada',
        LastName: 'Lovelace',
        RoutingProfile: { Name: 'Tier 1' },
        HierarchyPath: [{ Name: 'EMEA' }, { Name: 'Claims' }],
        Status: 'PRESENT',
      },
      Queue: { Name: 'Support' },
    },
  ]);
  await call('DeleteUser', { UserId: ada });
  const after = await seen();
  expect(withoutMarks(after)).toEqual(withoutMarks(before));
  const mark = (name: string) => after[name][1].Contact.Agent;
  expect(mark('admin')).toMatchObject({
    Status: 'DELETED',
    DeletedBy: 'TESTKEY',
    DeletedTime: centre.clock.getTime() / 1000,
  });
  // Who it was is told to those who may be told of everybody.
  expect(mark('byTag')).toMatchObject({ Status: 'DELETED' });
  expect(mark('byTag').DeletedBy).toBeUndefined();
  const strangers = after.admin[0].Contacts.find(({ Id }: Seen) => Id === contacts.stranger);
  expect(strangers.Agent).toMatchObject({ Username: '=cmd', Status: 'NOT_A_USER' });
  expect(await found({}, await centre.signedIn(['ContactSearch.View'], tagged('Blue')))).toEqual(['bob']);
});
