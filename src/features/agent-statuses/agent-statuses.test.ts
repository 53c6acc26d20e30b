import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf, userWith } from '../../../test/support/callers.ts';
import { type Centre, openCentre } from '../../../test/support/centre.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { OutputOf } from '../../operations/connect-types.ts';
import { insertAgentStatuses } from './store.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await openCentre();
  const lunch = {
    id: randomUUID(),
    instanceId: centre.instance.id,
    name: 'Lunch',
    description: 'Away for lunch',
    type: 'CUSTOM' as const,
    state: 'ENABLED' as const,
    displayOrder: 3,
    now: new Date(),
    region: 'us-east-1',
  };
  await inTransaction(centre.db, (tx) => insertAgentStatuses(tx, [lunch]));
});
afterAll(() => centre.close());

const list = async (input: object) =>
  (await centre.call<OutputOf<'ListAgentStatuses'>>('ListAgentStatuses', { ...input })).AgentStatusSummaryList ?? [];

test('statuses are listed by type', async () => {
  expect((await list({})).map(({ Name, Type }) => [Name, Type])).toEqual([
    ['Available', 'ROUTABLE'],
    ['Lunch', 'CUSTOM'],
    ['Offline', 'OFFLINE'],
  ]);
  expect((await list({ AgentStatusTypes: ['CUSTOM', 'OFFLINE'] })).map(({ Name }) => Name)).toEqual([
    'Lunch',
    'Offline',
  ]);
});

test('a status is described by id and by ARN', async () => {
  const [lunch] = await list({ AgentStatusTypes: ['CUSTOM'] });
  const described = await centre.call<OutputOf<'DescribeAgentStatus'>>('DescribeAgentStatus', {
    AgentStatusId: lunch?.Id,
  });
  expect(described.AgentStatus).toMatchObject({
    AgentStatusId: lunch?.Id,
    AgentStatusARN: lunch?.Arn,
    Name: 'Lunch',
    Description: 'Away for lunch',
    Type: 'CUSTOM',
    State: 'ENABLED',
    DisplayOrder: 3,
  });
  expect(await centre.call('DescribeAgentStatus', { AgentStatusId: lunch?.Arn })).toEqual(described);
  expect(await refusalOf(centre.call('DescribeAgentStatus', { AgentStatusId: randomUUID() }))).toBe(
    'ResourceNotFoundException',
  );
});

test('statuses need their own permission', async () => {
  const users = await userWith(centre, 'Users.View');
  expect(await refusalOf(centre.call('ListAgentStatuses', {}, users))).toBe('AccessDeniedException');
});
