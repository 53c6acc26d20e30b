import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { adminPassword } from '../support/server.ts';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, openPage, widths } from './console-page.ts';
import { addPerson, addUser, type Person, signIn, sureApi } from './console-people.ts';

const site = websiteForFile();
let other: Person;
const admin = { login: 'admin', password: adminPassword };
const { viewport } = widths[0];

beforeAll(async () => {
  other = await addPerson(site.server, 'other.admin', ['Users.View', 'Users.Delete', 'TransferDestinations.View']);
});

const rows = (page: Page) => page.getByRole('checkbox', { name: /^Select (?!all)/ });
const deleteButton = (page: Page) => page.getByRole('button', { name: 'Delete', exact: true });
const countOfUsers = async () => Number((await site.sql.query('select count(*) from users')).rows[0].count);

test('a session that ends under an open dialog leads to the sign-in and back, and nothing was done', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users?q=ana`, viewport);
  await rows(page).first().check();
  await deleteButton(page).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete 1 user' });
  await page
    .getByRole('dialog')
    .getByText(/quick connect/)
    .first()
    .waitFor();
  const before = await countOfUsers();
  await site.sql.query('delete from session');
  await confirm.click();
  await page.waitForURL(/\/console\/sign-in\?/);
  await page.getByText('Your session has ended. Sign in again to go on.').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await expectAccessible(page);
  expect(await countOfUsers()).toBe(before);

  await signIn(page, admin);
  await page.waitForURL(/\/console\/users\?q=ana$/);
  // The same person's choice is still there.
  await page.getByText('1 user selected').waitFor();
  await page.context().close();
});

test('the sign-in page says that nothing was done for a while, and that somebody has signed out; it asks once', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users`, viewport);
  await site.sql.query(
    `update session set expires_time = now() - interval '1 second', created_time = now() - interval '2 hours'`,
  );
  await page.getByText('because nothing was done for a while').waitFor();
  await signIn(page, admin);

  const asked: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/console/api/session') && response.request().method() === 'GET')
      asked.push(response.status());
  });
  await page.getByRole('button', { name: 'admin' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('You have signed out.').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual([401]);
  await page.context().close();
});

test('of one user nothing is left for the next one in the same tab: neither selection, filter nor columns', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users?q=ana`, viewport);
  await rows(page).first().check();
  await page.getByText('1 user selected').waitFor();
  await page.getByRole('button', { name: 'Preferences' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: '10 users' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await site.sql.query('delete from session');
  await page.getByText('Your session has ended.').waitFor();

  await signIn(page, other);
  await page.waitForURL(/\/console\/users$/);
  await page.getByText('No users selected').waitFor();
  await rows(page).nth(24).waitFor();
  expect(await deleteButton(page).getAttribute('aria-disabled')).toBe('true');

  // And it is not there again for the first one either.
  await site.sql.query('delete from session');
  await page.getByText('Your session has ended.').waitFor();
  await signIn(page, admin);
  await page.getByText('No users selected').waitFor();
  await rows(page).nth(9).waitFor();
  expect(await rows(page).count()).toBe(10);
  await page.context().close();
});

test('of two people in two tabs of a browser the first one does nothing in the name of the second', async () => {
  const first = await openPage(site.browser, `${site.server.url}/console/users`, viewport);
  await rows(first).nth(2).check();
  await deleteButton(first).click();
  await first
    .getByRole('dialog')
    .getByText(/quick connect/)
    .first()
    .waitFor();
  const before = await countOfUsers();

  const second = await first.context().newPage();
  await second.goto(`${site.server.url}/console/sign-in`);
  await second.getByRole('button', { name: 'admin' }).click();
  await second.getByRole('menuitem', { name: 'Sign out' }).click();
  await signIn(second, other);

  // The dialog of the first tab is of somebody who is signed in here no more.
  await first.getByRole('dialog').getByRole('button', { name: 'Delete 1 user' }).click();
  await first.getByRole('button', { name: 'other.admin' }).waitFor();
  await first.getByText('No users selected').waitFor();
  expect(await first.getByRole('dialog').count()).toBe(0);
  expect(await countOfUsers()).toBe(before);
  const { rows: batches } = await site.sql.query('select id from user_batch');
  expect(batches).toEqual([]);
  await first.context().close();
});

test('where there are several instances, the alias is asked for and leads into the right one', async () => {
  const api = sureApi(site.server);
  const { Id } = await api('CreateInstance', {
    InstanceAlias: 'second-centre',
    IdentityManagementType: 'CONNECT_MANAGED',
    InboundCallsEnabled: false,
    OutboundCallsEnabled: false,
  });
  const status = async () => (await api('DescribeInstance', { InstanceId: Id })).Instance.InstanceStatus;
  await expect.poll(status, { timeout: 60_000 }).toBe('ACTIVE');
  const { SecurityProfileSummaryList: profiles } = await api('ListSecurityProfiles', { InstanceId: Id });
  const adminProfile = profiles.find(({ Name }) => Name === 'Admin')?.Id ?? '';
  const { password } = await addUser(site.server, Id, 'admin', [adminProfile]);
  const context = await site.browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(`${site.server.url}/console/users`);
  await page.getByLabel('Instance alias').fill('second-centre');
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Login', exact: true }).fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('Wrong-Password-1');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('The login or the password is not right.').waitFor();
  // What was right is kept.
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'admin @ second-centre' }).waitFor();
  await rows(page).first().waitFor();
  expect(await rows(page).count()).toBe(1);
  await context.close();
});

test('everybody ends their other sessions and changes their own password, whatever else they may do', async () => {
  const person = await addPerson(site.server, 'own.account', []);
  const start = `${site.server.url}/console/`;
  const elsewhere = await openPage(site.browser, start, viewport, person);
  const page = await openPage(site.browser, start, viewport, person);
  await page.getByRole('button', { name: 'own.account' }).click();
  await page.getByRole('menuitem', { name: 'My account' }).click();
  const sessions = page.getByRole('table', { name: 'Sessions' });
  await sessions.getByText('this one').waitFor();
  expect(await sessions.locator('tbody tr').count()).toBe(2);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  if (process.env.CORDBOARD_TEST_SHOTS) {
    await page.screenshot({ path: `${process.env.CORDBOARD_TEST_SHOTS}/account-1440.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${process.env.CORDBOARD_TEST_SHOTS}/account-390.png`, fullPage: true });
    await page.setViewportSize(viewport);
  }
  await sessions.getByRole('button', { name: /^Sign out the session of/ }).click();
  await page.getByText('1 other session of yours was ended.').waitFor();
  await expect.poll(() => sessions.locator('tbody tr').count()).toBe(1);
  await elsewhere.reload();
  await signIn(elsewhere, person);

  const change = async (current: string, next: string) => {
    await page.getByLabel('Current password').fill(current);
    await page.getByLabel('New password', { exact: true }).fill(next);
    await page.getByLabel('New password, once more').fill(next);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await change('Wrong-Password-1', 'Another-Password-2');
  await page.getByText('The current password is not right.').waitFor();
  await change(person.password, 'Another-Password-2');
  await page.getByText('Your password was changed.').waitFor();
  expect(await page.getByLabel('Current password').inputValue()).toBe('');
  await elsewhere.reload();
  await signIn(elsewhere, { ...person, password: 'Another-Password-2' });
  await elsewhere.context().close();
  await page.context().close();
});
