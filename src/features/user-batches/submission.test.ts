import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { batchesOf } from '../../../test/support/batches.ts';
import { centreForFile } from '../../../test/support/centre.ts';

const centre = centreForFile();
const batches = batchesOf(centre);

/** Rows of everything that a submission may write. */
async function written() {
  const count = async (table: 'user_batch' | 'user_batch_record' | 'audit_entry') =>
    (
      await centre.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n;
  return [await count('user_batch'), await count('user_batch_record'), await count('audit_entry')];
}

describe('a selection that cannot be meant is refused, and nothing is written', () => {
  const one = randomUUID();
  const search = { SearchCriteria: {} };
  test.each([
    [
      'none',
      {},
      'InvalidParameterException',
      'exactly one of UserIds, Usernames, Emails and Search. None of them was given',
    ],
    [
      'ids and a search',
      { UserIds: [one], Search: search },
      'InvalidParameterException',
      'UserIds and Search were given',
    ],
    ['ids and logins', { UserIds: [one], Usernames: ['a'] }, 'InvalidParameterException', 'UserIds and Usernames were'],
    ['no ids', { UserIds: [] }, 'InvalidParameterException', 'UserIds is empty: name at least one user.'],
    ['no logins', { Usernames: [] }, 'InvalidParameterException', 'Usernames is empty'],
    [
      'logins and e-mails',
      { Usernames: ['a'], Emails: ['a@x'] },
      'InvalidParameterException',
      'Usernames and Emails were',
    ],
    ['no e-mails', { Emails: [] }, 'InvalidParameterException', 'Emails is empty'],
    [
      'a search that matches nobody',
      {
        Search: {
          SearchCriteria: { StringCondition: { FieldName: 'Username', Value: 'zzz', ComparisonType: 'EXACT' } },
        },
      },
      'InvalidRequestException',
      'matches no user',
    ],
    [
      'a search with an unknown field',
      { Search: { SearchCriteria: { StringCondition: { FieldName: 'Shoe', Value: 'zzz', ComparisonType: 'EXACT' } } } },
      'InvalidParameterException',
      'FieldName',
    ],
  ])('%s', async (_what, input, code, message) => {
    const before = await written();
    await expect(centre.send('StartUserDeletion', input)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(await written()).toEqual(before);
  });

  test('more than 100,000 users, however they are named', async () => {
    const before = await written();
    for (const member of ['UserIds', 'Usernames', 'Emails']) {
      const entries = Array.from({ length: 100_001 }, () => randomUUID());
      await expect(batches.start({ [member]: entries })).rejects.toMatchObject({
        code: 'InvalidParameterException',
        message: `${member} must have at most 100,000 entries; it has 100,001.`,
      });
    }
    expect(await written()).toEqual(before);
  });
});

test('100,000 records are accepted at once', async () => {
  const UserIds = Array.from({ length: 100_000 }, () => randomUUID());
  const { UserBatchId, RequestedCount } = await batches.start({ UserIds });
  expect(RequestedCount).toBe(100_000);
  const { n } = await centre.db
    .selectFrom('user_batch_record')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('user_batch_id', '=', UserBatchId)
    .executeTakeFirstOrThrow();
  expect(n).toBe(100_000);
  expect(await batches.steer('Stop', UserBatchId)).toMatchObject({
    Status: 'STOPPED',
    Counts: { Requested: 100_000, Stopped: 100_000, Remaining: 0 },
  });
});

describe('a client token', () => {
  test('makes it harmless to send the same request again, in whatever order it names the users', async () => {
    const ids = await centre.addUsers(3, { prefix: 'token' });
    const first = await batches.start({ UserIds: ids, ClientToken: 'friday' });
    const entries = await written();
    expect(await batches.start({ UserIds: ids.toReversed(), ClientToken: 'friday', QuickConnects: 'KEEP' })).toEqual(
      first,
    );
    await centre.work();
    expect(await batches.start({ UserIds: ids, ClientToken: 'friday' })).toEqual(first);
    expect((await written())[0]).toEqual(entries[0]);
  });

  test('answers the same batch for a search that by now finds nobody', async () => {
    await centre.addUsers(2, { prefix: 'searched' });
    const condition = { FieldName: 'Username', Value: 'searched', ComparisonType: 'STARTS_WITH' } as const;
    const first = await batches.start({
      Search: { SearchCriteria: { StringCondition: condition } },
      ClientToken: 'search',
    });
    await centre.work();
    const reordered = { ComparisonType: 'STARTS_WITH', Value: 'searched', FieldName: 'Username' } as const;
    expect(
      await batches.start({ Search: { SearchCriteria: { StringCondition: reordered } }, ClientToken: 'search' }),
    ).toEqual(first);
  });

  test('is refused with another selection or other instructions, and nothing is written', async () => {
    const ids = [randomUUID(), randomUUID()];
    const { UserBatchId } = await batches.start({ UserIds: ids, ClientToken: 'monday' });
    const before = await written();
    for (const other of [{ UserIds: ids.slice(1) }, { UserIds: ids, QuickConnects: 'DELETE' }, { Usernames: ids }]) {
      await expect(centre.send('StartUserDeletion', { ...other, ClientToken: 'monday' })).rejects.toMatchObject({
        code: 'IdempotencyException',
        message: expect.stringContaining(UserBatchId),
      });
    }
    expect(await written()).toEqual(before);
  });

  test('belongs to one caller', async () => {
    const UserIds = [randomUUID()];
    const mine = await batches.start({ UserIds, ClientToken: 'shared' });
    const theirs = await batches.start({ UserIds, ClientToken: 'shared' }, centre.key);
    expect(theirs.UserBatchId).not.toBe(mine.UserBatchId);
  });

  test('gives one batch to many submissions at the same time', async () => {
    const UserIds = [randomUUID(), randomUUID()];
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => batches.start({ UserIds, ClientToken: 'at once' })),
    );
    expect(new Set(answers.map((answer) => answer.UserBatchId)).size).toBe(1);
    const rows = await centre.db.selectFrom('user_batch').selectAll().where('client_token', '=', 'at once').execute();
    expect(rows).toHaveLength(1);
  });
});

test('whoever may not delete users submits nothing', async () => {
  const agent = await centre.signIn('plain-agent', 'Agent');
  await expect(batches.start({ UserIds: [randomUUID()] }, agent)).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});
