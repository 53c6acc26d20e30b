import { randomUUID } from 'node:crypto';
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
      { Identifier: 'end', Type: 'EndFlowModuleExecution', Parameters: {}, Transitions: {} },
    ],
  });

let count = 0;
type Caller = Parameters<Centre['call']>[2];

async function create(input: object = {}, caller?: Caller): Promise<string> {
  count += 1;
  const whole = { Name: `Module ${count}`, Content: content(), ...input };
  return (await centre.call('CreateContactFlowModule', whole, caller)).Id;
}
const describeModule = async (ContactFlowModuleId: string) =>
  (
    await centre.call('DescribeContactFlowModule', {
      ContactFlowModuleId,
    })
  ).ContactFlowModule;

describe('flow modules', () => {
  test('keep every member', async () => {
    const id = await create({
      Name: 'Everything',
      Description: 'all of it',
      Settings: '{"InputParameters":[]}',
      ExternalInvocationConfiguration: { Enabled: true },
      Tags: { team: 'a' },
    });
    const arn = arnOf(centre.instance, 'flow-module', id);
    expect(await describeModule(arn)).toEqual({
      Id: id,
      Arn: arn,
      Name: 'Everything',
      Description: 'all of it',
      Content: content(),
      FlowModuleContentSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      State: 'ACTIVE',
      Status: 'PUBLISHED',
      Settings: '{"InputParameters":[]}',
      ExternalInvocationConfiguration: { Enabled: true },
      Tags: { team: 'a' },
    });
    await centre.call('TagResource', { resourceArn: arn, tags: { more: 'b' } });
    expect((await describeModule(id)).Tags).toEqual({ team: 'a', more: 'b' });
  });

  test('are refused with content that is no flow, by the error of modules', async () => {
    await expect(create({ Content: '{}' })).rejects.toMatchObject({
      code: 'InvalidContactFlowModuleException',
      members: { Problems: [{ message: expect.any(String) }, { message: expect.any(String) }] },
    });
    const id = await create();
    const update = { ContactFlowModuleId: id, Content: '{}' };
    expect(await refusalOf(centre.call('UpdateContactFlowModuleContent', update))).toBe(
      'InvalidContactFlowModuleException',
    );
  });

  test.each([
    ['a blank name', { Name: ' ' }],
    ['a long name', { Name: 'x'.repeat(128) }],
    ['a blank description', { Description: '  ' }],
    ['no content', { Content: '' }],
    ['a long token', { ClientToken: 'x'.repeat(501) }],
  ])('are refused with %s', async (_, input) => {
    expect(await refusalOf(create(input))).toBe('InvalidParameterException');
  });

  test('are made once by the same request, however often and at once it comes', async () => {
    const request = { Name: 'Once', Tags: { a: '1' }, ClientToken: 'token-1' };
    const ids = await Promise.all([1, 2, 3, 4].map(() => create(request)));
    expect(new Set(ids).size).toBe(1);
    expect(await centre.history(ids[0] ?? '')).toHaveLength(1);
    expect(await refusalOf(create({ ...request, Name: 'Another' }))).toBe('IdempotencyException');
    expect(await refusalOf(create({ Name: 'Once', ClientToken: 'token-2' }))).toBe('DuplicateResourceException');
    await centre.call('DeleteContactFlowModule', { ContactFlowModuleId: ids[0] ?? '' });
    expect(await create(request)).not.toBe(ids[0]);
  });

  test('have content that is published, and content that is only saved', async () => {
    const id = await create();
    const update = (ContactFlowModuleId: string, input: object) =>
      centre.call('UpdateContactFlowModuleContent', { ContactFlowModuleId, ...input });
    await update(`${id}:$SAVED`, { Content: 'a draft' });
    expect(await describeModule(id)).toMatchObject({ Status: 'PUBLISHED', Content: content() });
    expect(await describeModule(`${id}:$SAVED`)).toMatchObject({ Status: 'SAVED', Content: 'a draft' });
    await update(id, { Settings: '{}' });
    expect(await describeModule(`${id}:$SAVED`)).toMatchObject({ Status: 'SAVED', Settings: '{}' });
    await update(id, { Content: content('newer') });
    await update(id, { Content: content('newer'), Settings: '{}' });
    expect(await describeModule(`${id}:$SAVED`)).toMatchObject({ Status: 'PUBLISHED', Content: content('newer') });
    expect(await centre.history(id)).toHaveLength(4);
    // InvalidParameterException is not in the model of this operation.
    expect(await refusalOf(update(id, {}))).toBe('InvalidRequestException');
    expect(await refusalOf(update('nonsense', { Settings: '{}' }))).toBe('InvalidRequestException');
    expect(await refusalOf(update(id, { Content: '' }))).toBe('InvalidRequestException');
    expect(await refusalOf(update(randomUUID(), { Settings: '{}' }))).toBe('ResourceNotFoundException');
  });

  test('change their metadata member by member, and once', async () => {
    const id = await create({ Name: 'Before', Description: 'before' });
    const change = (input: object) =>
      centre.call('UpdateContactFlowModuleMetadata', { ContactFlowModuleId: id, ...input });
    for (let round = 0; round < 2; round += 1) {
      await change({ Name: 'After' });
      await change({ Description: '' });
      await change({ State: 'ARCHIVED' });
    }
    const after = await describeModule(id);
    expect(after).toMatchObject({ Name: 'After', State: 'ARCHIVED' });
    expect(after.Description).toBeUndefined();
    expect(await centre.history(id)).toHaveLength(4);
    await create({ Name: 'Taken' });
    expect(await refusalOf(change({ Name: 'Taken' }))).toBe('DuplicateResourceException');
    expect(await refusalOf(change({}))).toBe('InvalidParameterException');
  });

  test('are deleted once', async () => {
    const id = await create();
    const remove = () => centre.call('DeleteContactFlowModule', { ContactFlowModuleId: id });
    await remove();
    expect(await refusalOf(describeModule(id))).toBe('ResourceNotFoundException');
    expect(await refusalOf(remove())).toBe('ResourceNotFoundException');
    expect((await centre.history(id)).map(({ change }) => change)).toEqual(['CREATED', 'DELETED']);
  });

  test('are two hundred at most', async () => {
    const other = await openCentre({ as: 'ACCESS_KEY', clock: monday });
    const make = (index: number) =>
      refusalOf(other.call('CreateContactFlowModule', { Name: `Module ${index}`, Content: content() }));
    for (let index = 0; index < 200; index += 1) expect(await make(index)).toBe('was not refused');
    expect(await make(200)).toBe('LimitExceededException');
    await other.close();
  });

  test('are listed by state and searched by every condition, page by page', async () => {
    await create({ Name: 'Needle One', Description: 'sharp', Tags: { n: '1' } });
    const archived = await create({ Name: 'needle two' });
    await centre.call('UpdateContactFlowModuleMetadata', { ContactFlowModuleId: archived, State: 'ARCHIVED' });
    const list = async (input: object) => {
      const pages = await allPages((NextToken) =>
        centre.call('ListContactFlowModules', {
          MaxResults: 2,
          ...input,
          NextToken,
        }),
      );
      return pages.flatMap((page) => (page.ContactFlowModulesSummaryList ?? []).map(({ Name }) => Name));
    };
    expect(await list({ ContactFlowModuleState: 'ARCHIVED' })).toContain('needle two');
    expect(await list({ ContactFlowModuleState: 'ACTIVE' })).not.toContain('needle two');
    const rows = await centre.db.selectFrom('contact_flow_module').select('id').execute();
    expect(await list({})).toHaveLength(rows.length);

    const needles = { StringCondition: { FieldName: 'name', Value: 'needle', ComparisonType: 'STARTS_WITH' } };
    const search = async (SearchCriteria: object, SearchFilter?: object) => {
      const { ContactFlowModules = [], ApproximateTotalCount } = await centre.call('SearchContactFlowModules', {
        SearchCriteria: { AndConditions: [needles, SearchCriteria] },
        SearchFilter,
      });
      expect(ApproximateTotalCount).toBe(ContactFlowModules.length);
      return ContactFlowModules.map(({ Name }) => Name);
    };
    expect(await search(needles)).toEqual(['Needle One', 'needle two']);
    expect(await search({ StateCondition: 'ARCHIVED' })).toEqual(['needle two']);
    expect(await search({ StatusCondition: 'SAVED' })).toEqual([]);
    expect(await search(needles, { TagFilter: { TagCondition: { TagKey: 'n' } } })).toEqual(['Needle One']);
  });

  test('each right is its own', async () => {
    const may = async (permission: PermissionId, name: string, input: object) =>
      (await refusalOf(centre.send(name, input, await centre.signedIn([permission])))) !== 'AccessDeniedException';
    const ContactFlowModuleId = await create();
    const saved = { ContactFlowModuleId: `${ContactFlowModuleId}:$SAVED`, Content: 'draft' };
    const published = { ContactFlowModuleId, Content: content('new') };
    const rename = { ContactFlowModuleId, Name: randomUUID() };
    expect(await may('ContactFlowModules.Edit', 'UpdateContactFlowModuleContent', saved)).toBe(true);
    expect(await may('ContactFlowModules.Edit', 'UpdateContactFlowModuleContent', published)).toBe(false);
    expect(await may('ContactFlowModules.Publish', 'UpdateContactFlowModuleContent', published)).toBe(true);
    expect(await may('ContactFlowModules.Edit', 'UpdateContactFlowModuleMetadata', rename)).toBe(true);
    expect(await may('ContactFlowModules.View', 'ListContactFlowModules', {})).toBe(true);
    expect(await may('ContactFlows.View', 'ListContactFlowModules', {})).toBe(false);
    expect(await may('ContactFlowModules.Delete', 'DeleteContactFlowModule', { ContactFlowModuleId })).toBe(true);
    const made = await create({}, await centre.signedIn(['ContactFlowModules.Create']));
    expect((await centre.history(made))[0]).toMatchObject({ permission: 'ContactFlowModules.Create' });
  });
});
