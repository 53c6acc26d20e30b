import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, type Given, makeInstance } from '../../../test/support/centre.ts';

const centre = centreForFile();
let flows: Record<string, string>;
let queueId: string;
beforeAll(async () => {
  const { ContactFlowSummaryList = [] } = await centre.call('ListContactFlows', {});
  flows = Object.fromEntries(ContactFlowSummaryList.map((flow) => [flow.ContactFlowType, flow.Id ?? '']));
  const { QueueSummaryList = [] } = await centre.call('ListQueues', {
    QueueTypes: ['STANDARD'],
  });
  queueId = QueueSummaryList[0]?.Id ?? '';
});

const toUser = (UserId: string) => ({
  QuickConnectType: 'USER' as const,
  UserConfig: { UserId, ContactFlowId: flows.AGENT_TRANSFER ?? '' },
});
const toNumber = (PhoneNumber = '+12065550100') => ({
  QuickConnectType: 'PHONE_NUMBER' as const,
  PhoneConfig: { PhoneNumber },
});

type New = Pick<Given<'CreateQuickConnect'>, 'Name'> & Partial<Given<'CreateQuickConnect'>>;

async function create(input: New, caller = centre.key as Parameters<Centre['call']>[2]) {
  const answer = await centre.call('CreateQuickConnect', { QuickConnectConfig: toNumber(), ...input }, caller);
  return { id: answer.QuickConnectId ?? '', arn: answer.QuickConnectARN ?? '' };
}

const describeQuickConnect = async (QuickConnectId: string) =>
  (await centre.call('DescribeQuickConnect', { QuickConnectId })).QuickConnect;

const auditOf = (id: string) =>
  centre.db
    .selectFrom('audit_entry')
    .select(['operation', 'change', 'actor_name', 'permission', 'resource_name'])
    .where('resource_id', '=', id)
    .orderBy('time')
    .execute();

describe('CreateQuickConnect', () => {
  test('makes one of each type, and describes it by id and by ARN', async () => {
    const [userId = ''] = await centre.addUsers(1, { prefix: 'each' });
    const configs = [
      toUser(userId),
      {
        QuickConnectType: 'QUEUE' as const,
        QueueConfig: { QueueId: queueId, ContactFlowId: flows.QUEUE_TRANSFER ?? '' },
      },
      toNumber(),
      { QuickConnectType: 'FLOW' as const, FlowConfig: { ContactFlowId: flows.CONTACT_FLOW ?? '' } },
    ];
    for (const config of configs) {
      const Name = `each ${config.QuickConnectType}`;
      const { id, arn } = await create({ Name, Description: 'why', QuickConnectConfig: config, Tags: { team: 'a' } });
      const described = await describeQuickConnect(id);
      expect(described).toMatchObject({
        QuickConnectId: id,
        QuickConnectARN: arn,
        Name,
        Description: 'why',
        QuickConnectConfig: config,
        Tags: { team: 'a' },
        LastModifiedRegion: 'us-east-1',
      });
      expect(described.LastModifiedTime).toBeTypeOf('number');
      expect(await describeQuickConnect(arn)).toEqual(described);
    }
  });

  test('takes ARNs and upper-case ids for what it leads to, and answers ids', async () => {
    const [userId = ''] = await centre.addUsers(1, { prefix: 'arns' });
    const base = `arn:aws:connect:us-east-1:123456789012:instance/${centre.instance.id}`;
    const { id } = await create({
      Name: 'by ARN',
      QuickConnectConfig: {
        QuickConnectType: 'USER',
        UserConfig: {
          UserId: `${base}/agent/${userId.toUpperCase()}`,
          ContactFlowId: `${base}/contact-flow/${flows.AGENT_TRANSFER}:$SAVED`,
        },
      },
    });
    expect((await describeQuickConnect(id)).QuickConnectConfig).toEqual(toUser(userId));
  });

  test('refuses what does not fit, and writes nothing', async () => {
    const [userId = ''] = await centre.addUsers(1, { prefix: 'misfit' });
    const before = await centre.db.selectFrom('quick_connect').select('id').execute();
    const attempt = (config: object) =>
      refusalOf(centre.send('CreateQuickConnect', { Name: 'misfit', QuickConnectConfig: config }));

    expect(await attempt({ QuickConnectType: 'USER' })).toBe('InvalidParameterException');
    expect(await attempt({ ...toUser(userId), ...toNumber(), QuickConnectType: 'USER' })).toBe(
      'InvalidParameterException',
    );
    expect(await attempt(toUser('nobody'))).toBe('InvalidParameterException');
    expect(await attempt(toUser(randomUUID()))).toBe('ResourceNotFoundException');
    const wrongFlow = { UserId: userId, ContactFlowId: flows.QUEUE_TRANSFER };
    expect(await attempt({ QuickConnectType: 'USER', UserConfig: wrongFlow })).toBe('InvalidRequestException');
    const noFlow = { UserId: userId, ContactFlowId: randomUUID() };
    expect(await attempt({ QuickConnectType: 'USER', UserConfig: noFlow })).toBe('ResourceNotFoundException');
    const noQueue = { QueueId: randomUUID(), ContactFlowId: flows.QUEUE_TRANSFER };
    expect(await attempt({ QuickConnectType: 'QUEUE', QueueConfig: noQueue })).toBe('ResourceNotFoundException');

    expect(await centre.db.selectFrom('quick_connect').select('id').execute()).toEqual(before);
  });

  test('does not lead to the users of another instance', async () => {
    const other = await makeInstance(centre.db, 'neighbour');
    const [userId = ''] = await centre.addUsers(1, { prefix: 'there', instance: other });
    const attempt = centre.call('CreateQuickConnect', { Name: 'over the fence', QuickConnectConfig: toUser(userId) });
    expect(await refusalOf(attempt)).toBe('ResourceNotFoundException');
  });

  test('refuses a name that is in use', async () => {
    await create({ Name: 'taken' });
    expect(await refusalOf(create({ Name: 'taken' }))).toBe('DuplicateResourceException');
    const { id } = await create({ Name: 'free' });
    const rename = centre.call('UpdateQuickConnectName', { QuickConnectId: id, Name: 'taken' });
    expect(await refusalOf(rename)).toBe('DuplicateResourceException');
  });
});

describe('changes', () => {
  test('a config is replaced as a whole, type included', async () => {
    const [userId = ''] = await centre.addUsers(1, { prefix: 'change' });
    const { id } = await create({ Name: 'to be changed', QuickConnectConfig: toUser(userId) });
    const before = await describeQuickConnect(id);
    await centre.call('UpdateQuickConnectConfig', { QuickConnectId: id, QuickConnectConfig: toNumber('+4930123456') });
    const after = await describeQuickConnect(id);
    expect(after.QuickConnectConfig).toEqual(toNumber('+4930123456'));
    expect(after.LastModifiedTime).toBeGreaterThanOrEqual(before.LastModifiedTime);
    const row = await centre.db.selectFrom('quick_connect').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ user_id: null, contact_flow_id: null, phone_number: '+4930123456' });
  });

  test('an empty description empties it, an absent member stays', async () => {
    const { id } = await create({ Name: 'described', Description: 'at first' });
    await centre.call('UpdateQuickConnectName', { QuickConnectId: id, Name: 'renamed' });
    expect(await describeQuickConnect(id)).toMatchObject({ Name: 'renamed', Description: 'at first' });
    await centre.call('UpdateQuickConnectName', { QuickConnectId: id, Description: '' });
    const after = await describeQuickConnect(id);
    expect(after.Name).toBe('renamed');
    expect(after.Description).toBeUndefined();
    expect(await refusalOf(centre.call('UpdateQuickConnectName', { QuickConnectId: id }))).toBe(
      'InvalidParameterException',
    );
  });

  test('every write is audited once, and one that changes nothing is not', async () => {
    const { id } = await create({ Name: 'watched' }, centre.admin);
    await centre.call('UpdateQuickConnectName', { QuickConnectId: id, Name: 'watched closely' });
    await centre.call('UpdateQuickConnectName', { QuickConnectId: id, Name: 'watched closely' });
    await centre.call('UpdateQuickConnectConfig', { QuickConnectId: id, QuickConnectConfig: toNumber() });
    await centre.call('DeleteQuickConnect', { QuickConnectId: id }, centre.key);
    expect(await auditOf(id)).toEqual([
      {
        operation: 'CreateQuickConnect',
        change: 'CREATED',
        actor_name: 'admin00001',
        permission: 'TransferDestinations.Create',
        resource_name: 'watched',
      },
      {
        operation: 'UpdateQuickConnectName',
        change: 'UPDATED',
        actor_name: 'admin00001',
        permission: 'TransferDestinations.Edit',
        resource_name: 'watched closely',
      },
      {
        operation: 'DeleteQuickConnect',
        change: 'DELETED',
        actor_name: 'TESTKEY',
        permission: 'connect:DeleteQuickConnect',
        resource_name: 'watched closely',
      },
    ]);
    expect(await refusalOf(centre.call('DeleteQuickConnect', { QuickConnectId: id }))).toBe(
      'ResourceNotFoundException',
    );
  });

  test('several are deleted in one go, and each that is not says why', async () => {
    const ids = [await create({ Name: 'go 1' }), await create({ Name: 'go 2' })].map(({ id }) => id);
    const [first = '', second = ''] = ids;
    await centre.call('DeleteQuickConnect', { QuickConnectId: second });
    const unknown = randomUUID();
    const answer = await centre.call('BatchDeleteQuickConnects', {
      QuickConnectIds: [first, first.toUpperCase(), second, unknown, 'nonsense'],
    });
    expect(answer.Deleted).toEqual([first]);
    expect(answer.Failed).toEqual([
      expect.objectContaining({ QuickConnectId: 'nonsense', ErrorCode: 'InvalidParameterException' }),
      expect.objectContaining({
        QuickConnectId: second,
        ErrorCode: 'ResourceNotFoundException',
        Reason: expect.stringMatching(/deleted by admin00001 on .* with DeleteQuickConnect/),
      }),
      expect.objectContaining({ QuickConnectId: unknown, ErrorCode: 'ResourceNotFoundException' }),
    ]);
    expect((await auditOf(first)).filter(({ change }) => change === 'DELETED')).toHaveLength(1);
  });
});

describe('permissions', () => {
  test('each operation asks for its own', async () => {
    const { id } = await create({ Name: 'guarded' });
    const viewer = await centre.signedIn(['TransferDestinations.View']);
    const editor = await centre.signedIn(['TransferDestinations.Edit']);
    const nobody = await centre.signedIn(['Users.View']);
    const update = { QuickConnectId: id, Name: 'guarded' };

    expect(await refusalOf(centre.call('DescribeQuickConnect', { QuickConnectId: id }, nobody))).toBe(
      'AccessDeniedException',
    );
    expect(await refusalOf(centre.call('ListQuickConnects', {}, viewer))).toBe('was not refused');
    expect(await refusalOf(centre.call('UpdateQuickConnectName', update, viewer))).toBe('AccessDeniedException');
    expect(await refusalOf(centre.call('UpdateQuickConnectName', update, editor))).toBe('was not refused');
    expect(await refusalOf(create({ Name: 'not allowed' }, editor))).toBe('AccessDeniedException');
    expect(await refusalOf(centre.call('DeleteQuickConnect', { QuickConnectId: id }, editor))).toBe(
      'AccessDeniedException',
    );
    const associate = { QueueId: queueId, QuickConnectIds: [id] };
    expect(await refusalOf(centre.call('AssociateQueueQuickConnects', associate, editor))).toBe(
      'AccessDeniedException',
    );
    const key = { ...centre.key, actions: ['connect:List*'] };
    expect(await refusalOf(centre.call('ListQuickConnects', {}, key))).toBe('was not refused');
    expect(await refusalOf(centre.call('DeleteQuickConnect', { QuickConnectId: id }, key))).toBe(
      'AccessDeniedException',
    );
  });
});
