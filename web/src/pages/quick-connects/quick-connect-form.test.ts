import { expect, test } from 'vitest';
import {
  emptyQuickConnect,
  fromQuickConnect,
  queueChanges,
  quickConnectErrors,
  toConfig,
} from './quick-connect-form.ts';

const fieldsOf = (change: Partial<typeof emptyQuickConnect>) =>
  Object.keys(quickConnectErrors({ ...emptyQuickConnect, name: 'To sales', ...change }));

test('each type asks for what it leads to, and all but numbers for a flow', () => {
  expect(fieldsOf({ type: 'USER' })).toEqual(['user', 'flowId']);
  expect(fieldsOf({ type: 'QUEUE' })).toEqual(['queueId', 'flowId']);
  expect(fieldsOf({ type: 'PHONE_NUMBER', phoneNumber: '0170' })).toEqual(['phoneNumber']);
  expect(fieldsOf({ type: 'FLOW' })).toEqual(['flowId']);
  expect(fieldsOf({ type: 'PHONE_NUMBER', phoneNumber: '+12065550100' })).toEqual([]);
});

test('the config holds the member of its type, and no other', () => {
  const values = {
    ...emptyQuickConnect,
    user: { id: 'u', label: 'ana' },
    queueId: 'q',
    phoneNumber: '+1206',
    flowId: 'f',
  };
  expect(toConfig({ ...values, type: 'USER' })).toEqual({
    QuickConnectType: 'USER',
    UserConfig: { UserId: 'u', ContactFlowId: 'f' },
  });
  expect(toConfig({ ...values, type: 'PHONE_NUMBER' })).toEqual({
    QuickConnectType: 'PHONE_NUMBER',
    PhoneConfig: { PhoneNumber: '+1206' },
  });
});

test('an orphan comes into the form without its user', () => {
  const values = fromQuickConnect({
    QuickConnectId: 'qc',
    QuickConnectARN: 'arn',
    Name: 'To Ana',
    QuickConnectType: 'USER',
    Destination: { Type: 'USER', Id: 'u', Name: 'ana', Exists: false },
    ContactFlow: { Id: 'f', Name: 'Default agent transfer' },
    Queues: [{ Id: 'q', Name: 'Sales' }],
    Orphaned: true,
    Tags: {},
    LastModifiedTime: 0,
  });
  expect(values).toMatchObject({ user: null, flowId: 'f', offeredIn: ['q'] });
});

test('only queues that differ are told', () => {
  expect(queueChanges(['a', 'b'], ['b', 'c'])).toEqual([
    { queueId: 'c', offered: true },
    { queueId: 'a', offered: false },
  ]);
});
