import { expect, test } from 'vitest';
import type { QuickConnectRow } from '../../api/types.ts';
import { orphanText, queueLossText } from './quick-connect-words.ts';

const row = (
  queues: readonly string[],
  destination: Partial<QuickConnectRow['Destination']> = {},
): QuickConnectRow => ({
  QuickConnectId: 'q',
  QuickConnectARN: 'arn',
  Name: 'To Ana',
  QuickConnectType: 'USER',
  Destination: { Type: 'USER', Id: 'u', Name: 'ana', Exists: true, ...destination },
  Queues: queues.map((Name) => ({ Id: Name, Name })),
  Orphaned: destination.Exists === false,
  Tags: {},
  LastModifiedTime: 0,
});

test('each queue that loses quick connects is named once', () => {
  expect(queueLossText([row(['Sales', 'BasicQueue']), row(['Sales'])])).toBe(
    '2 queues lose them: BasicQueue and Sales.',
  );
  expect(queueLossText([row(['Sales'])])).toBe('1 queue loses it: Sales.');
  expect(queueLossText([row([]), row([])])).toBe('No queue offers them.');
});

test('an orphan says by whom and when, as far as known', () => {
  expect(orphanText(row([], { Exists: false }))).toBe('Deleted');
  expect(orphanText(row([], { Exists: false, DeletedBy: 'maria' }))).toBe('Deleted by maria');
  expect(orphanText(row([], { Exists: false, DeletedBy: 'maria', DeletedTime: 1_790_000_000 }))).toMatch(
    /^Deleted .*2026.* by maria$/,
  );
});
