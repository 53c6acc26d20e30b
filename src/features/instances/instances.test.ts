import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, makeInstance } from '../../../test/support/centre.ts';

const centre = centreForFile();

test('a new instance has what Connect puts into every new one', async () => {
  const names = async (operation: string, list: string, input = {}) =>
    ((await centre.send(operation, input))[list] as { readonly Name: string }[]).map(({ Name }) => Name);

  expect(await names('ListSecurityProfiles', 'SecurityProfileSummaryList')).toEqual([
    'Admin',
    'Agent',
    'CallCenterManager',
    'QualityAnalyst',
  ]);
  expect(await names('ListRoutingProfiles', 'RoutingProfileSummaryList')).toEqual(['Basic Routing Profile']);
  expect(await names('ListQueues', 'QueueSummaryList', { QueueTypes: ['STANDARD'] })).toEqual(['BasicQueue']);
  expect(await names('ListHoursOfOperations', 'HoursOfOperationSummaryList')).toEqual(['Basic Hours']);
  expect(await names('ListAgentStatuses', 'AgentStatusSummaryList')).toEqual(['Available', 'Offline']);
  expect(await names('ListContactFlows', 'ContactFlowSummaryList')).toEqual([
    'Default agent hold',
    'Default agent transfer',
    'Default agent whisper',
    'Default customer hold',
    'Default customer queue',
    'Default customer whisper',
    'Default outbound',
    'Default queue transfer',
    'Sample inbound flow',
  ]);
  expect(await centre.call('DescribeUserHierarchyStructure', {})).toEqual({ HierarchyStructure: {} });
});

test('the beginnings of an instance are audited as made by Cordboard', async () => {
  const instance = await makeInstance(centre.db, 'audited');
  const entries = await centre.db
    .selectFrom('audit_entry')
    .select(['resource_type', 'actor_type', 'actor_name', 'operation', 'change'])
    .where('instance_id', '=', instance.id)
    .execute();
  expect(entries).toHaveLength(1 + 4 + 1 + 1 + 1 + 2 + 3 + 9);
  for (const entry of entries) {
    expect(entry).toMatchObject({
      actor_type: 'SYSTEM',
      actor_name: 'Cordboard',
      operation: 'CreateInstance',
      change: 'CREATED',
    });
  }
});

test('an instance is described with the address of its website, by id and by ARN', async () => {
  const { id } = centre.instance;
  const described = await centre.call('DescribeInstance', {});
  expect(described.Instance).toMatchObject({
    Id: id,
    Arn: `arn:aws:connect:us-east-1:123456789012:instance/${id}`,
    InstanceAlias: 'centre',
    InstanceStatus: 'ACTIVE',
    IdentityManagementType: 'CONNECT_MANAGED',
    InboundCallsEnabled: true,
    OutboundCallsEnabled: true,
    InstanceAccessUrl: 'http://localhost/console/',
  });
  const byArn = await centre.call('DescribeInstance', { InstanceId: described.Instance?.Arn });
  expect(byArn).toEqual(described);
  expect(await refusalOf(centre.call('DescribeInstance', { InstanceId: randomUUID() }))).toBe(
    'ResourceNotFoundException',
  );
});

test('instances are listed page by page, for access keys only', async () => {
  for (const alias of ['one', 'two', 'three']) await makeInstance(centre.db, alias);
  const pages = await allPages((NextToken) => centre.call('ListInstances', { MaxResults: 2, NextToken }, centre.key));
  const ids = pages.flatMap((page) => (page.InstanceSummaryList ?? []).map(({ Id }) => Id));
  const rows = await centre.db.selectFrom('instance').select('id').orderBy('created_time').orderBy('id').execute();
  expect(ids).toEqual(rows.map((row) => row.id));
  expect(pages.length).toBe(Math.ceil(rows.length / 2));
  expect(await refusalOf(centre.call('ListInstances', {}))).toBe('AccessDeniedException');
});
