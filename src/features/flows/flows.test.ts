import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { inTransaction } from '../../database/transaction.ts';
import { defaultFlows } from './default-flows.ts';
import { insertContactFlows } from './store.ts';

const centre = centreForFile();

const list = (input: object) => centre.call('ListContactFlows', { ...input });
const describe = async (ContactFlowId = '') =>
  (await centre.call('DescribeContactFlow', { ContactFlowId })).ContactFlow;

test('flows are listed by type', async () => {
  const { ContactFlowSummaryList } = await list({ ContactFlowTypes: ['AGENT_TRANSFER', 'QUEUE_TRANSFER'] });
  expect(ContactFlowSummaryList).toMatchObject([
    { Name: 'Default agent transfer', ContactFlowType: 'AGENT_TRANSFER', ContactFlowState: 'ACTIVE' },
    { Name: 'Default queue transfer', ContactFlowType: 'QUEUE_TRANSFER', ContactFlowStatus: 'PUBLISHED' },
  ]);
  const pages = await allPages((NextToken) => list({ MaxResults: 2, NextToken }));
  expect(pages.flatMap((page) => page.ContactFlowSummaryList ?? [])).toEqual((await list({})).ContactFlowSummaryList);
});

test('a flow is described by id, by ARN, and as saved', async () => {
  const [summary] = (await list({ ContactFlowTypes: ['CONTACT_FLOW'] })).ContactFlowSummaryList ?? [];
  const described = await describe(summary?.Id);
  expect(described).toMatchObject({ Id: summary?.Id, Arn: summary?.Arn, Name: 'Sample inbound flow' });
  expect(described?.FlowContentSha256).toMatch(/^[0-9a-f]{64}$/);
  for (const form of [summary?.Arn, `${summary?.Id}:$SAVED`, `${summary?.Arn}:$SAVED`, summary?.Id?.toUpperCase()]) {
    expect(await describe(form)).toEqual(described);
  }
  expect(await refusalOf(describe(`${summary?.Id}:7`))).toBe('InvalidParameterException');
  expect(await refusalOf(describe(randomUUID()))).toBe('ResourceNotFoundException');
  expect(await refusalOf(describe('nonsense'))).toBe('InvalidParameterException');
});

test('a flow that was never published is shown as saved only', async () => {
  const id = randomUUID();
  const draft = { id, instanceId: centre.instance.id, name: 'Draft', type: 'CONTACT_FLOW' as const };
  await inTransaction(centre.db, async (tx) => {
    await insertContactFlows(tx, [
      { ...draft, description: null, content: '{}', now: new Date(), region: 'us-east-1' },
    ]);
    await tx.updateTable('contact_flow').set({ status: 'SAVED' }).where('id', '=', id).execute();
  });
  expect(await refusalOf(describe(id))).toBe('ContactFlowNotPublishedException');
  expect(await describe(`${id}:$SAVED`)).toMatchObject({ Name: 'Draft', Status: 'SAVED' });
});

test('the default flows are flow language in which every step leads to a step that is there', () => {
  for (const { name, content } of defaultFlows('arn:aws:connect:us-east-1:123456789012:instance/x/queue/y')) {
    const flow = JSON.parse(content);
    const steps = new Set(flow.Actions.map((action: { Identifier: string }) => action.Identifier));
    expect(flow.Version, name).toBe('2019-10-30');
    expect(steps.size, name).toBe(flow.Actions.length);
    expect(steps, name).toContain(flow.StartAction);
    for (const { Transitions } of flow.Actions) {
      const targets = [
        ...(Transitions.NextAction ? [Transitions.NextAction] : []),
        ...(Transitions.Errors ?? []).map((error: { NextAction: string }) => error.NextAction),
      ];
      for (const target of targets) expect(steps, name).toContain(target);
    }
  }
});

test('whoever makes quick connects sees the names of flows, not what they do', async () => {
  const maker = await centre.signedIn(['TransferDestinations.Create']);
  const [flow] = (await centre.call('ListContactFlows', {}, maker)).ContactFlowSummaryList ?? [];
  expect(await refusalOf(centre.call('DescribeContactFlow', { ContactFlowId: flow?.Id ?? '' }, maker))).toBe(
    'AccessDeniedException',
  );
  const users = await centre.signedIn(['Users.View']);
  expect(await refusalOf(centre.call('ListContactFlows', {}, users))).toBe('AccessDeniedException');
});
