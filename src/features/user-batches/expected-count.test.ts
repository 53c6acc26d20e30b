import { beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { centreForEach } from '../../../test/support/centre.ts';

const centre = centreForEach();
const byPrefix = (prefix: string) => ({
  SearchCriteria: { StringCondition: { FieldName: 'Username', Value: prefix, ComparisonType: 'STARTS_WITH' } },
});

beforeEach(async () => {
  await centre.addUsers(3, { prefix: 'leaver' });
});

const start = (input: Record<string, unknown>) => centre.call('StartUserDeletion', input);
const batches = async () => (await centre.db.selectFrom('user_batch').select('id').execute()).length;

test('a selection that is not the number that was confirmed is refused, and nothing is written', async () => {
  const asked = { Search: byPrefix('leaver'), ExpectedCount: 3 };
  await centre.addUsers(1, { prefix: 'leaver-too-' });
  expect(await refusalOf(start(asked))).toBe('ConditionalOperationFailedException');
  expect(await batches()).toBe(0);
  await start({ ...asked, ExpectedCount: 4 });
  expect(await batches()).toBe(1);
});

test('a search that finds everybody has to say how many that is', async () => {
  for (const Search of [{}, { SearchCriteria: {} }, byPrefix('')]) {
    expect(await refusalOf(start({ Search }))).toBe('InvalidRequestException');
  }
  expect(await batches()).toBe(0);
  // The three, and the administrator who asks.
  await start({ Search: {}, ExpectedCount: 4 });
  expect(await batches()).toBe(1);
});

test('a search that finds some needs no number', async () => {
  await start({ Search: byPrefix('leaver') });
  expect(await batches()).toBe(1);
});
