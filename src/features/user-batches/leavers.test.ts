import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type BatchResult, batchesOf } from '../../../test/support/batches.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { arnOf } from '../../operations/arn.ts';
import type { Caller } from '../../operations/caller.ts';

/** A list of leavers tells the truth about every entry: whoever is still employed in the system is never called gone. */
const centre = centreForFile();
const batches = batchesOf(centre);

interface Person {
  readonly username: string;
  readonly email?: string;
  readonly secondaryEmail?: string;
}

/** Users of exactly these logins and addresses; their ids. */
async function add(...people: readonly Person[]): Promise<string[]> {
  const ids = await centre.addUsers(people.length, { prefix: randomUUID() });
  for (const [index, { username, email = null, secondaryEmail = null }] of people.entries()) {
    const values = { username, email, secondary_email: secondaryEmail };
    await centre.db
      .updateTable('users')
      .set(values)
      .where('id', '=', ids[index] ?? '')
      .execute();
  }
  return ids;
}

async function addDeleted(...people: readonly Person[]): Promise<string[]> {
  const ids = await add(...people);
  for (const UserId of ids) await centre.call('DeleteUser', { UserId });
  return ids;
}

const preview = (input: Record<string, unknown>, caller?: Caller) => centre.call('PreviewUserDeletion', input, caller);

type Told = Pick<BatchResult, 'Given' | 'CaseDiffers' | 'Finding' | 'ErrorCode' | 'Reason'>;

/** What the preview says, and what then becomes of each record; both must agree. */
async function both(input: Record<string, unknown>, caller?: Caller) {
  const said = await preview(input, caller);
  const { UserBatchId } = await batches.start({ ...input, ExpectedCount: said.Users.length }, caller);
  await centre.work();
  const results = await batches.results(UserBatchId);
  const told = ({ Given, CaseDiffers, Finding, ErrorCode, Reason }: Told) => ({
    ...{ Given, CaseDiffers, Finding, ErrorCode, Reason },
  });
  expect(results.map(told)).toEqual(said.Users.map(told));
  expect(results.map(({ Status }) => Status === 'SUCCEEDED')).toEqual(said.Users.map(({ Deletable }) => Deletable));
  return { said, results, UserBatchId };
}

const alive = async (id: string | undefined) => (await centre.living([id ?? ''])) === 1;

test('a login is read without what spreadsheets and scripts put around it', async () => {
  const logins = ['bare', 'spaced', 'carriage', 'marked', 'quoted', 'doubled', 'apostrophe', 'curly', '-dash', 'bidi'];
  const ids = await add(...logins.map((username) => ({ username })));
  const [umlaut = ''] = await add({ username: 'zo\u00eb' });
  const { results, said } = await both({
    Usernames: [
      ...['bare', ' spaced\t', 'carriage\r\n', '\uFEFFmarked', '"quoted"', '" doubled "', "'apostrophe'", '“curly”'],
      ...["'-dash", '\u202Abidi\u202C', 'zoe\u0308'],
    ],
  });
  expect(results.map(({ UserId, Status }) => [UserId, Status])).toEqual(
    [...ids, umlaut].map((id) => [id, 'SUCCEEDED']),
  );
  expect(said.Summary).toMatchObject({ DeletableCount: 11, CaseDiffersCount: 0 });
});

test('an address is read as mail programs write it, and characters that nobody sees are nobody’s', async () => {
  const ids = await add(
    { username: 'wrapped@example.com', email: 'wrapped@mail.example' },
    { username: 'soft.hyphen', email: 'soft@mail.example' },
  );
  const { Summary, Users } = await preview({
    Usernames: ['<wrapped@example.com>', 'mailto:wrapped@example.com', 's\u00adoft.\u200bhyphen', '<soft.hyphen>'],
  });
  expect(Users.map(({ UserId, Finding }) => [UserId, Finding])).toEqual([
    [ids[0], undefined],
    [ids[1], undefined],
    [undefined, 'NEVER_EXISTED'],
  ]);
  expect(Summary).toMatchObject({ RequestedCount: 3, DuplicateCount: 1 });
  const mail = await preview({
    Emails: ['Ann Wrapped <wrapped@mail.example>', '<MAILTO:soft@mail.example>', 'soft@mail.example>', 'a <b> c@d'],
  });
  expect(mail.Users.map(({ UserId, Finding }) => [UserId, Finding])).toEqual([
    [ids[0], undefined],
    [ids[1], undefined],
    [undefined, 'UNREADABLE'],
    [undefined, 'UNREADABLE'],
  ]);
});

test('of an entry that holds several addresses none is taken for the whole', async () => {
  await add({ username: 'two.a', email: 'a@two.example' }, { username: 'two.b', email: 'b@two.example' });
  const several = [
    'Ann <a@two.example>; Bob <b@two.example>',
    'Ann <a@two.example>, Bob <b@two.example>',
    '<a@two.example> <b@two.example>',
    'a@two.example;<b@two.example>',
    'Ann; <b@two.example>',
    'mailto:a@two.example, <b@two.example>',
    'a@two.example <b@two.example>',
    'mailto:a@two.example,b@two.example',
  ];
  const { Summary, Users } = await preview({ Emails: several });
  expect(Users.map(({ Finding }) => Finding)).toEqual(several.map(() => 'UNREADABLE'));
  expect(Summary).toMatchObject({ RequestedCount: several.length, DeletableCount: 0 });
  const byLogin = await preview({ Usernames: several });
  const bracketed = byLogin.Users.filter((_, index) => /[<>]/.test(several[index] ?? ''));
  expect(bracketed.map(({ Finding }) => Finding)).toEqual(bracketed.map(() => 'UNREADABLE'));
  expect(bracketed.length).toBeGreaterThan(5);
  expect(byLogin.Summary).toMatchObject({ RequestedCount: several.length, DeletableCount: 0 });
});

test('a NUL or half a character makes its own entry unreadable, and no other', async () => {
  const [id] = await add({ username: 'beside.a.nul', email: 'beside@mail.example' });
  for (const [Usernames, expected] of [
    [
      ['beside.a.nul', 'a\0b', 'c\ud800d'],
      [id, undefined, undefined],
    ],
    [
      ['a\0b', 'beside.a.nul\0'],
      [undefined, undefined],
    ],
  ] as const) {
    const { said } = await both({ Usernames });
    expect(said.Users.map(({ UserId }) => UserId)).toEqual(expected);
    expect(said.Users.at(-1)).toMatchObject({ Finding: 'UNREADABLE', Given: expect.stringContaining('\uFFFD') });
  }
  const { said } = await both({ UserIds: ['\0x', 'y\udfff'] });
  expect(said.Users.map(({ Finding }) => Finding)).toEqual(['UNREADABLE', 'UNREADABLE']);
});

test('three things are told apart: deleted before, never here, and not readable as what was asked for', async () => {
  const [gone] = await addDeleted({ username: 'gone.before', email: 'gone@example.com' });
  const [stays] = await add({ username: 'ada.lovelace', email: 'ada@example.com' });
  const { said, results } = await both({
    Usernames: ['gone.before', 'Login', 'ada.lovelcae', 'ada@example.com', '', 'a\tb', 'x'.repeat(101), ' \uFEFF'],
  });
  expect(said.Summary).toMatchObject({
    RequestedCount: 8,
    DeletableCount: 0,
    RefusedCount: 0,
    AlreadyGoneCount: 1,
    NeverExistedCount: 3,
    UnreadableCount: 4,
    AmbiguousCount: 0,
  });
  const never = 'does not exist in this instance, and nothing says that it ever did. Look for a typing error.';
  expect(results.map(({ Finding, ErrorCode, Reason }) => [Finding, ErrorCode, Reason])).toEqual([
    [
      'DELETED_BEFORE',
      'ResourceNotFoundException',
      expect.stringMatching(/^The user gone\.before was deleted by admin00001 on \S+ \S+ UTC, with DeleteUser\.$/),
    ],
    ['NEVER_EXISTED', 'ResourceNotFoundException', `The user Login ${never}`],
    ['NEVER_EXISTED', 'ResourceNotFoundException', `The user ada.lovelcae ${never}`],
    [
      'NEVER_EXISTED',
      'ResourceNotFoundException',
      `The user ada@example.com ${never} If this is an e-mail address, give it in a list of e-mail addresses.`,
    ],
    ['UNREADABLE', 'InvalidParameterException', 'Entry 5 of Usernames is blank.'],
    ['UNREADABLE', 'InvalidParameterException', expect.stringContaining('Entry 6 of Usernames has a tab')],
    ['UNREADABLE', 'InvalidParameterException', expect.stringContaining('Entry 7 of Usernames has 101 characters')],
    ['UNREADABLE', 'InvalidParameterException', 'Entry 8 of Usernames is blank.'],
  ]);
  expect(results[0]).toMatchObject({ UserId: gone, Username: 'gone.before', FirstName: 'First 1', Retryable: false });
  expect(await alive(stays)).toBe(true);
});

test('ids are told apart in the same way, and no local user is touched by what names another place', async () => {
  const [gone = ''] = await addDeleted({ username: 'gone.by.id' });
  const [here = '', stays = ''] = await add({ username: 'here' }, { username: 'stays' });
  const unknown = randomUUID();
  const { said, results } = await both({
    UserIds: [
      ...[` ${here}\r`, `"${gone}"`, unknown, 'stays', '', `${stays}:1`],
      arnOf({ ...centre.instance, accountId: '999999999999' }, 'agent', stays),
      `arn:aws:connect:us-east-1:123456789012:instance/${centre.instance.id}/queue/${stays}`,
    ],
  });
  expect(results.map(({ UserId, Status, Finding }) => [UserId, Finding ?? Status])).toEqual([
    [here, 'SUCCEEDED'],
    [gone, 'DELETED_BEFORE'],
    [unknown, 'NEVER_EXISTED'],
    [undefined, 'UNREADABLE'],
    [undefined, 'UNREADABLE'],
    [undefined, 'UNREADABLE'],
    [undefined, 'NEVER_EXISTED'],
    [undefined, 'UNREADABLE'],
  ]);
  expect(results[3]?.Reason).toBe('Entry 4 of UserIds is "stays", which is neither the id nor the ARN of a user.');
  expect(said.Summary).toMatchObject({ AlreadyGoneCount: 1, NeverExistedCount: 2, UnreadableCount: 4 });
  expect(await alive(stays)).toBe(true);
});

describe('a login in another case', () => {
  test('means the only one that has it, and is marked for a look before it is confirmed', async () => {
    const [id] = await add({ username: 'Mary.Major' });
    const { said, results } = await both({ Usernames: ['MARY.MAJOR'] });
    expect(said.Summary).toMatchObject({ DeletableCount: 1, CaseDiffersCount: 1 });
    expect(said.CaseDifferences).toEqual([{ Given: 'MARY.MAJOR', Username: 'Mary.Major' }]);
    expect(results).toMatchObject([
      { UserId: id, Username: 'Mary.Major', Given: 'MARY.MAJOR', CaseDiffers: true, Status: 'SUCCEEDED' },
    ]);
  });

  test('an exact login wins, the living before the deleted, and the deleted before the living that differ', async () => {
    const [lower, upper] = await add({ username: 'kim' }, { username: 'KIM' });
    expect((await both({ Usernames: ['kim'] })).results).toMatchObject([{ UserId: lower, CaseDiffers: false }]);
    // kim is deleted by now and KIM lives: whoever says kim means the one who went.
    const again = (await both({ Usernames: ['kim'] })).results;
    expect(again).toMatchObject([{ UserId: lower, Finding: 'DELETED_BEFORE', CaseDiffers: false }]);
    expect(await alive(upper)).toBe(true);
    const [reborn] = await add({ username: 'kim' });
    expect((await both({ Usernames: ['kim'] })).results).toMatchObject([{ UserId: reborn, Status: 'SUCCEEDED' }]);
    expect(await alive(upper)).toBe(true);
  });

  test('is AMBIGUOUS when several have it, the deleted too, and nobody is touched', async () => {
    const [one] = await add({ username: 'Lee' });
    const [other] = await add({ username: 'LEE' });
    const [lone] = await add({ username: 'Ann' });
    await addDeleted({ username: 'ANN' });
    const { said, results } = await both({ Usernames: ['lee', 'ann'] });
    expect(said.Summary).toMatchObject({ DeletableCount: 0, AmbiguousCount: 2, CaseDiffersCount: 0 });
    expect(results).toMatchObject([
      { Username: 'lee', ErrorCode: 'AMBIGUOUS', Finding: 'AMBIGUOUS', Retryable: false },
      { Username: 'ann', ErrorCode: 'AMBIGUOUS', Finding: 'AMBIGUOUS' },
    ]);
    expect(results[0]?.UserId).toBeUndefined();
    expect(results[0]?.Reason).toContain('several logins, of users living or deleted, differ from it in case only');
    expect(await Promise.all([one, other, lone].map(alive))).toEqual([true, true, true]);
  });

  test('of somebody deleted is told as deleted before, with the login as it was', async () => {
    const [id] = await addDeleted({ username: 'Past.Person' });
    const { results } = await both({ Usernames: ['past.person'] });
    expect(results).toMatchObject([
      { UserId: id, Username: 'Past.Person', Given: 'past.person', CaseDiffers: true, Finding: 'DELETED_BEFORE' },
    ]);
  });

  test('beside the login itself is one record', async () => {
    const [id] = await add({ username: 'once' });
    const { results } = await both({ Usernames: ['ONCE', 'once', ' once ', '"Once"'] });
    expect(results).toMatchObject([{ UserId: id, CaseDiffers: false, Status: 'SUCCEEDED' }]);
    expect(results).toHaveLength(1);
  });
});

describe('e-mail addresses', () => {
  test('mean whoever has them, first or second, without minding case', async () => {
    const [first, second] = await add(
      { username: 'by.first', email: 'First@Example.com' },
      { username: 'by.second', secondaryEmail: 'second@example.com' },
    );
    const { said, results } = await both({ Emails: ['first@example.com', ' "SECOND@example.com"\r'] });
    expect(said.Summary).toMatchObject({ DeletableCount: 2, CaseDiffersCount: 0 });
    expect(results).toMatchObject([
      { UserId: first, Username: 'by.first', Given: 'first@example.com', Status: 'SUCCEEDED' },
      { UserId: second, Username: 'by.second', Given: 'SECOND@example.com', Status: 'SUCCEEDED' },
    ]);
  });

  test('of several users are AMBIGUOUS, also when one of them is deleted, and nobody is touched', async () => {
    const ids = await add(
      { username: 'twin.one', email: 'twins@example.com' },
      { username: 'twin.two', email: 'TWINS@example.com' },
      { username: 'boss', secondaryEmail: 'desk@example.com' },
      { username: 'desk', email: 'desk@example.com' },
    );
    await addDeleted({ username: 'john.old', email: 'john@example.com' });
    const [namesake] = await add({ username: 'john.new', email: 'john@example.com' });
    const Emails = ['twins@example.com', 'desk@example.com', 'john@example.com'];
    const { said, results } = await both({ Emails });
    expect(said.Summary).toMatchObject({ DeletableCount: 0, AmbiguousCount: 3 });
    expect(results.map(({ ErrorCode, Given, UserId, Username }) => [ErrorCode, Given, UserId, Username])).toEqual(
      Emails.map((email) => ['AMBIGUOUS', email, undefined, undefined]),
    );
    expect(await Promise.all([...ids, namesake].map(alive))).toEqual([true, true, true, true, true]);
  });

  test('of somebody deleted, of nobody, and what is no address, are told apart', async () => {
    const [id] = await addDeleted({ username: 'mail.gone', email: 'mail.gone@example.com' });
    const { results } = await both({ Emails: ['Mail.Gone@example.com', 'nobody@example.com', 'mail.gone', '""'] });
    expect(results).toMatchObject([
      { UserId: id, Username: 'mail.gone', Finding: 'DELETED_BEFORE', Given: 'Mail.Gone@example.com' },
      { Finding: 'NEVER_EXISTED', Given: 'nobody@example.com' },
      { Finding: 'UNREADABLE', Reason: 'Entry 3 of Emails is "mail.gone", which is not an e-mail address.' },
      { Finding: 'UNREADABLE', Reason: 'Entry 4 of Emails is blank.' },
    ]);
    expect(results[1]?.Reason).toContain('A user with the e-mail address nobody@example.com does not exist');
  });

  test('a user who is named by both addresses, or given twice, is one record', async () => {
    await add({ username: 'two.mails', email: 'one@example.org', secondaryEmail: 'two@example.org' });
    const { results } = await both({ Emails: ['two@example.org', 'ONE@example.org', 'one@example.org'] });
    expect(results).toHaveLength(1);
  });
});

test('a second try says the same of what stood for nobody, whoever has the login by then', async () => {
  const [one, other = ''] = await add({ username: 'Pat' }, { username: 'PAT' });
  const { results, UserBatchId } = await both({ Usernames: ['pat', 'later', ''] });
  await centre.call('DeleteUser', { UserId: other });
  const [later] = await add({ username: 'later' });
  const retry = await batches.retry(UserBatchId);
  await centre.work();
  const again = await batches.results(retry.UserBatchId);
  const told = ({ Finding, ErrorCode, Reason, Given }: BatchResult) => ({ Finding, ErrorCode, Reason, Given });
  expect(again.map(told)).toEqual(results.map(told));
  expect(await Promise.all([one, later].map(alive))).toEqual([true, true]);
});

test('what stands for nobody says so also when the requester may no longer delete', async () => {
  const manager = await centre.signIn('manager-of-leavers');
  const [id = ''] = await add({ username: 'kept.so.far' });
  const { UserBatchId } = await batches.start({ Usernames: ['kept.so.far', 'never.was'] }, manager);
  await centre.db.deleteFrom('user_security_profile').where('user_id', '=', manager.userId).execute();
  await centre.work();
  expect(await batches.results(UserBatchId)).toMatchObject([
    { UserId: id, ErrorCode: 'AccessDeniedException', Retryable: true },
    { ErrorCode: 'ResourceNotFoundException', Finding: 'NEVER_EXISTED', Retryable: false },
  ]);
});

test('whoever does not reach every user learns neither names nor who was ever here', async () => {
  await centre.call('CreateSecurityProfile', {
    SecurityProfileName: 'Deletes Reds',
    Permissions: ['Users.View', 'Users.Delete'],
    AllowedAccessControlTags: { team: 'Red' },
    TagRestrictedResources: ['User'],
  });
  const caller = await centre.signIn('deletes-reds', 'Deletes Reds');
  await addDeleted({ username: 'Secret.Gone', email: 'secret.gone@example.com' });
  const [hidden] = await add({
    username: 'Secret.Living',
    email: 'secret@example.com',
    secondaryEmail: 'secret.too@example.com',
  });
  for (const [input, refused] of [
    // That a login is taken is told to whoever tries to take it. That an address is somebody's, and whose two are the
    // same person's, nobody else tells.
    [{ Usernames: ['secret.gone', 'Secret.Gone', 'never.here', 'secret.living'] }, 1],
    [
      {
        Emails: ['secret.gone@example.com', 'never@example.com', 'secret@example.com', 'secret.too@example.com'],
      },
      0,
    ],
  ] as const) {
    const said = await preview(input, caller);
    expect(said.Summary).toMatchObject({ AlreadyGoneCount: 0, NeverExistedCount: 0, RefusedCount: refused });
    const reasons = said.Users.slice(0, refused === 0 ? undefined : -1).map(({ Reason = '' }) =>
      Reason.replace(/\S*(secret|never)\S*/i, 'X'),
    );
    expect(new Set(reasons).size).toBe(1);
    const { UserBatchId } = await batches.start(input, caller);
    await centre.work();
    const text = JSON.stringify([said, await batches.results(UserBatchId)]);
    for (const secret of ['Secret.Living', 'Müller', 'admin00001', 'deleted by']) expect(text).not.toContain(secret);
    expect(JSON.stringify(said)).not.toContain(hidden);
  }
  expect(await alive(hidden)).toBe(true);
});

test('a search tells nothing of somebody who may not be named, not by whether it finds them either', async () => {
  await centre.call('CreateSecurityProfile', { SecurityProfileName: 'Deletes Unseen', Permissions: ['Users.Delete'] });
  const caller = await centre.signIn('deletes-unseen', 'Deletes Unseen');
  const [hidden] = await add({ username: 'unseen.person' });
  const condition = { FieldName: 'Username', Value: 'unseen', ComparisonType: 'STARTS_WITH' } as const;
  const Search = { SearchCriteria: { StringCondition: condition } };
  expect((await preview({ Search })).Summary).toMatchObject({ RequestedCount: 1 });
  expect((await preview({ Search }, caller)).Summary).toMatchObject({ RequestedCount: 0 });
  await expect(batches.start({ Search }, caller)).rejects.toThrow('The search matches no user');
  expect(await alive(hidden)).toBe(true);
});

test('an access key takes quick connects along only if it may delete them', async () => {
  const [id = ''] = await add({ username: 'kept.with.quick.connect' });
  const key = { kind: 'ACCESS_KEY', accessKeyId: 'AKIALIMITED', actions: ['connect:StartUserDeletion'] } as const;
  const request = { UserIds: [id], QuickConnects: 'DELETE' } as const;
  await expect(batches.start(request, key)).rejects.toThrow('is not allowed to call connect:DeleteQuickConnect');
  expect(await alive(id)).toBe(true);
  await batches.start(request, { ...key, actions: [...key.actions, 'connect:DeleteQuickConnect'] });
  await centre.work();
  expect(await alive(id)).toBe(false);
});

test('that an address or login fits several is told of those in sight only', async () => {
  await centre.call('CreateSecurityProfile', {
    SecurityProfileName: 'Sees Reds',
    Permissions: ['Users.View', 'Users.Delete'],
    AllowedAccessControlTags: { team: 'Red' },
    TagRestrictedResources: ['User'],
  });
  const caller = await centre.signIn('sees-reds', 'Sees Reds');
  const [mine = ''] = await add({ username: 'Mine.Red', email: 'shared@out.example' });
  await centre.call('TagResource', { resourceArn: arnOf(centre.instance, 'agent', mine), tags: { team: 'Red' } });
  await add({ username: 'MINE.RED', email: 'shared@out.example' });
  await addDeleted({ username: 'gone.sharer', email: 'shared@out.example' });
  for (const input of [{ Emails: ['shared@out.example'] }, { Usernames: ['mine.red'] }]) {
    expect((await preview(input)).Summary, 'to whoever sees all').toMatchObject({ AmbiguousCount: 1 });
    const said = await preview(input, caller);
    expect(said.Summary).toMatchObject({ AmbiguousCount: 0, DeletableCount: 1 });
    expect(said.Users[0]).toMatchObject({ UserId: mine, Deletable: true });
  }
});
