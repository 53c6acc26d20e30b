import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, monday, openCentre } from '../../../test/support/centre.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { arnOf } from '../../operations/arn.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 8 });

const content = (text = 'Hello') =>
  JSON.stringify({
    Version: '2019-10-30',
    StartAction: 'say',
    Actions: [
      { Identifier: 'say', Type: 'MessageParticipant', Parameters: { Text: text }, Transitions: { NextAction: 'end' } },
      { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
    ],
  });
const broken = content().replace('"end"', '"nowhere"');
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

let count = 0;
type Caller = Parameters<Centre['call']>[2];

async function create(input: object = {}, caller?: Caller): Promise<string> {
  count += 1;
  const whole = { Name: `Flow ${count}`, Type: 'CONTACT_FLOW', Content: content(), ...input };
  return String((await centre.send('CreateContactFlow', whole, caller)).ContactFlowId);
}
const describeFlow = async (ContactFlowId: string) =>
  (await centre.call('DescribeContactFlow', { ContactFlowId })).ContactFlow;
const update = (ContactFlowId: string, Content: string, caller?: Caller) =>
  centre.call('UpdateContactFlowContent', { ContactFlowId, Content }, caller);

describe('CreateContactFlow', () => {
  test('keeps every member and answers the hash of the content', async () => {
    const answer = await centre.call('CreateContactFlow', {
      Name: 'Everything',
      Type: 'AGENT_WHISPER',
      Description: 'all of it',
      Content: content('é'),
      Status: 'PUBLISHED',
      Tags: { team: 'a' },
    });
    const id = String(answer.ContactFlowId);
    expect(answer).toEqual({
      ContactFlowId: id,
      ContactFlowArn: arnOf(centre.instance, 'contact-flow', id),
      FlowContentSha256: hash(content('é')),
    });
    expect(await describeFlow(id)).toEqual({
      Id: id,
      Arn: answer.ContactFlowArn,
      Name: 'Everything',
      Type: 'AGENT_WHISPER',
      State: 'ACTIVE',
      Status: 'PUBLISHED',
      Description: 'all of it',
      Content: content('é'),
      FlowContentSha256: hash(content('é')),
      Tags: { team: 'a' },
      LastModifiedTime: centre.clock.getTime() / 1000,
      LastModifiedRegion: 'us-east-1',
    });
  });

  test('says what is wrong with content that is to be published', async () => {
    await expect(create({ Name: 'Broken', Content: broken })).rejects.toMatchObject({
      code: 'InvalidContactFlowException',
      members: {
        problems: [{ message: 'The action "say": NextAction must be the Identifier of one of the Actions.' }],
      },
    });
    expect(await refusalOf(create({ Content: 'not a flow' }))).toBe('InvalidContactFlowException');
    expect(await centre.db.selectFrom('contact_flow').select('id').where('name', '=', 'Broken').execute()).toEqual([]);
  });

  test.each([
    ['a type that there is not', { Type: 'FLOW' }],
    ['a status that there is not', { Status: 'DONE' }],
    ['no content', { Content: '' }],
    ['too much content', { Content: ' '.repeat(256_001) }],
    ['an empty name', { Name: '' }],
  ])('refuses %s', async (_, input) => {
    expect(await refusalOf(create(input))).toBe('InvalidParameterException');
  });

  test('takes content of 256,000 characters', async () => {
    const longest = content().padEnd(256_000);
    const id = await create({ Content: longest });
    expect((await describeFlow(id)).Content).toBe(longest);
  });

  test('refuses a name in use, and the hundred and first flow', async () => {
    expect(await refusalOf(create({ Name: 'Default agent hold' }))).toBe('DuplicateResourceException');
    const other = await openCentre({ as: 'ACCESS_KEY', clock: monday, max: 8 });
    const make = (index: number) =>
      refusalOf(other.call('CreateContactFlow', { Name: `Flow ${index}`, Type: 'CONTACT_FLOW', Content: content() }));
    // Nine are there already.
    for (let index = 0; index < 88; index += 1) expect(await make(index)).toBe('was not refused');
    const last = await Promise.all(Array.from({ length: 6 }, (_, index) => make(100 + index)));
    expect(last.filter((code) => code === 'was not refused')).toHaveLength(3);
    expect(last.filter((code) => code === 'LimitExceededException')).toHaveLength(3);
    await other.close();
  });
});

describe('what is saved and what is published', () => {
  test('a flow that was only saved is shown as saved, and then published', async () => {
    const id = await create({ Status: 'SAVED', Content: 'not a flow yet' });
    expect(await refusalOf(describeFlow(id))).toBe('ContactFlowNotPublishedException');
    expect(await describeFlow(`${id}:$SAVED`)).toMatchObject({ Status: 'SAVED', Content: 'not a flow yet' });
    await update(`${id}:$SAVED`, broken);
    expect(await refusalOf(describeFlow(id))).toBe('ContactFlowNotPublishedException');
    expect(await describeFlow(`${id}:$SAVED`)).toMatchObject({ Status: 'SAVED', Content: broken });
    const byId = { StringCondition: { FieldName: 'resourceID', Value: id, ComparisonType: 'EXACT' as const } };
    expect(await centre.call('SearchContactFlows', { SearchCriteria: byId })).toMatchObject({
      ContactFlows: [{ Status: 'SAVED', Content: broken }],
    });
    expect(await refusalOf(update(id, broken))).toBe('InvalidContactFlowException');
    await update(id, content('at last'));
    expect(await describeFlow(id)).toMatchObject({ Status: 'PUBLISHED', Content: content('at last') });
  });

  test('what is saved beside a published flow does not run until it is published', async () => {
    const id = await create({ Content: content('published') });
    const arn = arnOf(centre.instance, 'contact-flow', id);
    await update(`${arn}:$SAVED`, 'a draft');
    expect(await describeFlow(id)).toMatchObject({ Status: 'PUBLISHED', Content: content('published') });
    expect(await describeFlow(`${arn}:$saved`)).toMatchObject({
      Status: 'SAVED',
      Content: 'a draft',
      FlowContentSha256: hash('a draft'),
    });
    await update(id, content('newer'));
    for (const form of [id, `${id}:$SAVED`]) {
      expect(await describeFlow(form)).toMatchObject({ Status: 'PUBLISHED', Content: content('newer') });
    }
  });

  test('saving what is published leaves nothing beside it, and publishing it again leaves no trace', async () => {
    const id = await create();
    await update(`${id}:$SAVED`, 'a draft');
    await update(`${id}:$SAVED`, content());
    expect(await describeFlow(`${id}:$SAVED`)).toMatchObject({ Status: 'PUBLISHED' });
    await update(id, content());
    const entries = await centre.history(id);
    expect(entries.map(({ operation }) => operation)).toEqual([
      'CreateContactFlow',
      'UpdateContactFlowContent',
      'UpdateContactFlowContent',
    ]);
    expect(entries.slice(1).map(({ details }) => details)).toEqual([
      { Changes: { SavedContentSha256: { Old: null, New: hash('a draft') } } },
      { Changes: { SavedContentSha256: { Old: hash('a draft'), New: null } } },
    ]);
  });

  test('refuses versions, and flows that are not there', async () => {
    const id = await create();
    expect(await refusalOf(update(`${id}:3`, content()))).toBe('InvalidParameterException');
    expect(await refusalOf(update(randomUUID(), content()))).toBe('ResourceNotFoundException');
    expect(await refusalOf(update('nonsense', content()))).toBe('InvalidParameterException');
  });
});

describe('metadata', () => {
  test('is changed member by member, by both operations, and once', async () => {
    const id = await create({ Name: 'Before', Description: 'before' });
    for (let round = 0; round < 2; round += 1) {
      await centre.call('UpdateContactFlowName', { ContactFlowId: id, Name: 'After' });
      await centre.call('UpdateContactFlowMetadata', { ContactFlowId: id, ContactFlowState: 'ARCHIVED' });
      await centre.call('UpdateContactFlowMetadata', { ContactFlowId: id, Description: '' });
    }
    const after = await describeFlow(id);
    expect(after).toMatchObject({ Name: 'After', State: 'ARCHIVED' });
    expect(after.Description).toBeUndefined();
    expect(await centre.history(id)).toHaveLength(4);
    const attempt = (name: string, input: object) => refusalOf(centre.send(name, { ContactFlowId: id, ...input }));
    for (const name of ['UpdateContactFlowName', 'UpdateContactFlowMetadata']) {
      expect(await attempt(name, {})).toBe('InvalidParameterException');
      expect(await attempt(name, { Name: 'Default agent hold' })).toBe('DuplicateResourceException');
      expect(await attempt(name, { ContactFlowId: randomUUID(), Name: 'x' })).toBe('ResourceNotFoundException');
    }
  });
});

describe('DeleteContactFlow', () => {
  const remove = (ContactFlowId: string) => centre.call('DeleteContactFlow', { ContactFlowId });
  const quickConnect = (ContactFlowId: string, Name: string) =>
    centre.call('CreateQuickConnect', {
      Name,
      QuickConnectConfig: { QuickConnectType: 'FLOW', FlowConfig: { ContactFlowId } },
    });

  test('deletes a flow as a whole, once', async () => {
    const id = await create();
    expect(await refusalOf(remove(`${id}:$SAVED`))).toBe('InvalidParameterException');
    await remove(arnOf(centre.instance, 'contact-flow', id));
    expect(await refusalOf(describeFlow(id))).toBe('ResourceNotFoundException');
    expect(await refusalOf(remove(id))).toBe('ResourceNotFoundException');
    expect((await centre.history(id)).map(({ change }) => change)).toEqual(['CREATED', 'DELETED']);
  });

  test('keeps the default flows, also under another name, and lets samples go', async () => {
    const { ContactFlowSummaryList: flows = [] } = await centre.call('ListContactFlows', {});
    const idOf = (name: string) => flows.find((flow) => flow.Name === name)?.Id ?? '';
    await centre.call('UpdateContactFlowName', { ContactFlowId: idOf('Default outbound'), Name: 'Mine' });
    expect(await refusalOf(remove(idOf('Default outbound')))).toBe('AccessDeniedException');
    expect(await refusalOf(remove(idOf('Default agent transfer')))).toBe('AccessDeniedException');
    expect(await refusalOf(remove(idOf('Sample inbound flow')))).toBe('was not refused');
  });

  test('keeps a flow that a quick connect or a queue runs, and says which', async () => {
    const id = await create();
    const { QuickConnectId } = await quickConnect(id, 'Runs it');
    await expect(remove(id)).rejects.toMatchObject({
      code: 'InvalidRequestException',
      message: expect.stringContaining('the quick connect "Runs it"'),
    });
    await centre.call('DeleteQuickConnect', { QuickConnectId });
    await remove(id);

    const whisper = await create({ Type: 'OUTBOUND_WHISPER' });
    const hours = await centre.db.selectFrom('hours_of_operation').select('id').executeTakeFirstOrThrow();
    await centre.call('CreateQueue', {
      Name: 'Whispers',
      HoursOfOperationId: hours.id,
      OutboundCallerConfig: { OutboundFlowId: whisper },
    });
    await expect(remove(whisper)).rejects.toMatchObject({
      code: 'InvalidRequestException',
      message: expect.stringContaining('the queue "Whispers"'),
    });
  });

  test('either a quick connect runs it or it goes, whoever asks at the same time', async () => {
    for (let round = 0; round < 15; round += 1) {
      const id = await create();
      const [used, gone] = await Promise.all([refusalOf(quickConnect(id, `Racing ${round}`)), refusalOf(remove(id))]);
      expect([
        ['was not refused', 'InvalidRequestException'],
        ['ResourceNotFoundException', 'was not refused'],
      ]).toContainEqual([used, gone]);
    }
  });
});

describe('SearchContactFlows', () => {
  test('finds by every field, condition and filter, page by page', async () => {
    await create({ Name: 'Needle One', Description: 'sharp', Tags: { n: '1' } });
    await create({ Name: 'needle two', Type: 'CUSTOMER_HOLD', Tags: { n: '2' } });
    const draft = await create({ Name: 'needle x', Status: 'SAVED', Content: 'draft' });
    await centre.call('UpdateContactFlowMetadata', { ContactFlowId: draft, ContactFlowState: 'ARCHIVED' });
    const needles = { StringCondition: { FieldName: 'name', Value: 'needle', ComparisonType: 'STARTS_WITH' } };
    const search = async (SearchCriteria: object, SearchFilter?: object) => {
      const pages = await allPages((NextToken) =>
        centre.call('SearchContactFlows', {
          MaxResults: 1,
          SearchCriteria: { AndConditions: [needles, SearchCriteria] },
          SearchFilter,
          NextToken,
        }),
      );
      const names = pages.flatMap((page) => (page.ContactFlows ?? []).map(({ Name }) => Name));
      for (const page of pages) expect(page.ApproximateTotalCount).toBe(names.length);
      return names;
    };
    expect(await search(needles)).toEqual(['Needle One', 'needle two', 'needle x']);
    expect(await search({ TypeCondition: 'CUSTOMER_HOLD' })).toEqual(['needle two']);
    expect(await search({ StateCondition: 'ARCHIVED' })).toEqual(['needle x']);
    expect(await search({ StatusCondition: 'PUBLISHED' })).toEqual(['Needle One', 'needle two']);
    const filter = (FlowAttributeFilter: object) => search(needles, { FlowAttributeFilter });
    const hold = { ContactFlowTypeCondition: { ContactFlowType: 'CUSTOMER_HOLD' } };
    const first = { TagKey: 'n', TagValue: '1' };
    expect(await search(needles, { TagFilter: { TagCondition: first } })).toEqual(['Needle One']);
    expect(await filter({ TagCondition: first })).toEqual(['Needle One']);
    expect(await filter(hold)).toEqual(['needle two']);
    expect(await filter({ AndCondition: { TagConditions: [first], ...hold } })).toEqual([]);
    expect(await filter({ OrConditions: [{ TagConditions: [first] }, hold] })).toEqual(['Needle One', 'needle two']);
    expect(await refusalOf(filter({ TagCondition: first, ...hold }))).toBe('InvalidParameterException');
    expect(await refusalOf(filter({ ContactFlowTypeCondition: {} }))).toBe('InvalidParameterException');
  });
});

test('each right of flows is its own', async () => {
  const may = async (permission: PermissionId, name: string, input: object) =>
    (await refusalOf(centre.send(name, input, await centre.signedIn([permission])))) !== 'AccessDeniedException';
  const ContactFlowId = await create();
  const saved = { ContactFlowId: `${ContactFlowId}:$SAVED`, Content: 'draft' };
  const published = { ContactFlowId, Content: content('new') };
  expect(await may('ContactFlows.Edit', 'UpdateContactFlowContent', saved)).toBe(true);
  expect(await may('ContactFlows.Edit', 'UpdateContactFlowContent', published)).toBe(false);
  expect(await may('ContactFlows.Publish', 'UpdateContactFlowContent', published)).toBe(true);
  expect(await may('ContactFlows.Publish', 'UpdateContactFlowContent', saved)).toBe(false);
  expect(await may('ContactFlows.Edit', 'UpdateContactFlowName', { ContactFlowId, Name: randomUUID() })).toBe(true);
  expect(await may('ContactFlows.View', 'SearchContactFlows', {})).toBe(true);
  expect(await may('TransferDestinations.View', 'SearchContactFlows', {})).toBe(false);
  expect(await may('ContactFlows.Edit', 'DeleteContactFlow', { ContactFlowId })).toBe(false);
  expect(await may('ContactFlows.Delete', 'DeleteContactFlow', { ContactFlowId })).toBe(true);
  const made = await create({}, await centre.signedIn(['ContactFlows.Create']));
  expect((await centre.history(made))[0]).toMatchObject({ permission: 'ContactFlows.Create', change: 'CREATED' });
});
