import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { apiOf } from '../support/api.ts';
import { connectTo } from '../support/embedded-sql.ts';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage, seen, tabTo, widths } from './console-page.ts';

const site = websiteForFile({ CORDBOARD_BATCH_RANGE_SIZE: '10' });

/** Every test begins without the banners of the ones before. */
beforeEach(() => site.sql.query('update user_batch set dismissed_time = now()'));

/** Logins of living users that no quick connect points at, or of those with one. */
async function logins(count: number, options: { withQuickConnect: boolean; skip?: number }): Promise<string[]> {
  const { rows } = await site.sql.query<{ username: string }>(
    `select username from users u where username <> 'admin'
      and not exists (select from user_security_profile s join security_profile p on p.id = s.security_profile_id
        where s.user_id = u.id and p.name = 'Admin')
      and exists (select from quick_connect q where q.user_id = u.id) = $2
    order by username limit $1 offset $3`,
    [count, options.withQuickConnect, options.skip ?? 0],
  );
  return rows.map((row) => row.username);
}

const exists = async (login: string) =>
  (await site.sql.query('select from users where username = $1', [login])).rowCount === 1;

async function find(page: Page, text: string): Promise<void> {
  await page.getByLabel('Find users by login or name').fill(text);
  await page.waitForURL(new RegExp(`q=${encodeURIComponent(text)}`));
}

async function choose(page: Page, login: string): Promise<void> {
  await find(page, login.slice(0, 25));
  await page.getByRole('checkbox', { name: `Select ${login}`, exact: true }).check();
}

/** The box that ticks every row, as soon as the rows are those of the filter. */
const wholePage = (page: Page) =>
  page.getByRole('checkbox', { name: 'Select all users on this page', disabled: false }).first();

/** "Delete 2 users"; of several that were asked for, "Delete 2 of 5 users". */
const confirm = (page: Page, count: number, of = count) => {
  const some = count < of ? `${count} of ` : '';
  const name = `Delete ${some}${of} user${of === 1 ? '' : 's'}`;
  return page.getByRole('dialog').getByRole('button', { name, exact: true });
};

describe.each(widths)('at $name', ({ viewport }) => {
  test('users are chosen, previewed and deleted with their quick connects; Refresh reloads the list', async () => {
    const [first = '', second = ''] = await logins(2, { withQuickConnect: true });
    const page = await openPage(site.browser, `${site.server.url}/console/users`, viewport);
    await page.getByRole('heading', { name: 'User management' }).waitFor();
    const deleteButton = page.getByRole('button', { name: 'Delete', exact: true });
    expect(await deleteButton.getAttribute('aria-disabled')).toBe('true');
    await deleteButton.hover();
    await seen(page, 'Select one or more users first.').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await choose(page, first);
    await choose(page, second);
    await page.getByText('2 users selected').waitFor();
    await deleteButton.click();
    const dialog = page.getByRole('dialog');
    for (const text of [first, second, 'cannot be undone']) await dialog.getByText(text).first().waitFor();
    expect(await dialog.getByRole('checkbox', { name: /Also delete their 2 quick connects/ }).isChecked()).toBe(true);
    await expectAccessible(page);
    await confirm(page, 2).click();

    const banner = page.getByText('2 users were deleted', { exact: true });
    await banner.waitFor();
    await page.getByText('2 quick connects deleted').waitFor();
    expect([await exists(first), await exists(second)]).toEqual([false, false]);
    // The list is as it was until Refresh: the deleted row is still there.
    await page.getByRole('link', { name: second, exact: true }).waitFor();
    // The banner's, which stands above that of the list.
    await page.getByRole('button', { name: 'Refresh' }).first().click();
    await page.getByText('No user matches').waitFor();
    await banner.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('a stale page leads to a failure with its reasons, Try again for the failed ones only, and Cancel', async () => {
    const [gone = '', stays = ''] = await logins(2, { withQuickConnect: false });
    const stale = await openPage(site.browser, `${site.server.url}/console/users`, viewport);
    await choose(stale, gone);
    await choose(stale, stays);
    // Somebody else is quicker.
    const { rows } = await site.sql.query('select id, instance_id from users where username = $1', [gone]);
    await apiOf(site.server)('DeleteUser', { InstanceId: rows[0].instance_id, UserId: rows[0].id });
    await stale.getByRole('button', { name: 'Delete', exact: true }).click();
    await stale.getByText('1 user is gone already, and will be reported as not deleted.').waitFor();
    await confirm(stale, 1, 2).click();

    await stale.getByText('1 of 2 users was not deleted').waitFor();
    expect(await exists(stays)).toBe(false);
    const [download] = await Promise.all([
      stale.waitForEvent('download'),
      stale.getByRole('link', { name: 'Download the CSV' }).click(),
    ]);
    const file = readFileSync(await download.path(), 'utf8');
    expect(file).toContain(gone);
    expect(file).toMatch(/deleted by \S+ on \d{4}-\d\d-\d\d .* UTC/);
    expect(file).not.toContain(stays);

    // Somebody who is gone stays gone: that is said before it is tried.
    await stale.getByRole('button', { name: 'Try again' }).click();
    await stale.getByRole('dialog').getByText('stay as they are').waitFor();
    await expectAccessible(stale);
    await stale.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
    await stale.getByText('1 of 1 user was not deleted').waitFor();
    await expectAccessible(stale);
    await stale.getByRole('link', { name: 'See every record' }).first().click();
    await stale.waitForURL(/\/console\/users\/batches\//);
    await stale
      .getByText(/deleted by/)
      .first()
      .waitFor();
    await expectAccessible(stale);
    await expectNoSidewaysScroll(stale);
    await stale.getByRole('button', { name: 'Cancel' }).first().click();
    await stale.getByText('1 of 1 user was not deleted', { exact: true }).waitFor({ state: 'detached' });
    await stale.context().close();
  });

  test('a list of leavers says what each entry is, and asks for a look at logins in another case', async () => {
    const [exact = '', differing = '', gone = ''] = await logins(3, { withQuickConnect: false, skip: 60 });
    const { rows } = await site.sql.query('select id, instance_id from users where username = $1', [gone]);
    await apiOf(site.server)('DeleteUser', { InstanceId: rows[0].instance_id, UserId: rows[0].id });
    const page = await openPage(site.browser, `${site.server.url}/console/users`, viewport);
    await page.getByRole('button', { name: 'Delete from a list' }).click();
    const dialog = page.getByRole('dialog');
    const next = dialog.getByRole('button', { name: 'Next' });
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'leavers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`\uFEFFLogin\r\n"${exact}" \r\n\r\n${differing.toUpperCase()}\r\n${gone}\r\na\tb\r\n`),
    });
    await dialog.getByText('5 entries').waitFor();
    await expectAccessible(page);
    await next.click();
    for (const said of [
      '2 of 5 users will be deleted',
      '1 user is gone already, and will be reported as not deleted.',
      '1 entry names nobody who is or was here. Look for typing errors.',
      '1 entry cannot be read as what the list should have.',
      '1 login is here in another case than in the list',
    ]) {
      await dialog.getByText(said).waitFor();
    }
    await dialog.getByText(/was deleted by TESTACCESSKEY on /).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    expect(await confirm(page, 2, 5).getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('checkbox', { name: 'It is the one I mean' }).check();
    await confirm(page, 2, 5).click();
    await page.getByText('3 of 5 users were not deleted').waitFor();
    expect([await exists(exact), await exists(differing)]).toEqual([false, false]);

    await page.getByRole('link', { name: 'See every record' }).first().click();
    await page.getByText(`${differing} (in the list: ${differing.toUpperCase()})`).waitFor();
    await page.getByText('Entry 5 of the list has a tab').waitFor();
    await page.context().close();
  });

  test('while a batch runs the page stays usable, and leaving, reloading or signing in elsewhere loses nothing', async () => {
    const leavers = await logins(40, { withQuickConnect: false, skip: 100 });
    const [alone = ''] = await logins(1, { withQuickConnect: false, skip: 300 });
    const page = await openPage(site.browser, `${site.server.url}/console/users`, viewport);
    // Whoever holds the lock on one of them holds up the batch at that point, for as long as the test wants.
    const holder = await connectTo(site.server.dataDir);
    onTestFinished(() => holder.end());
    await holder.query('begin');
    await holder.query('select from users where username = any($1) for update', [leavers.slice(25)]);
    const { rows } = await site.sql.query('select id from instance');
    await apiOf(site.server)('StartUserDeletion', { InstanceId: rows[0].id, Usernames: leavers });
    await page.getByText('20 of 40 done').waitFor();

    await choose(page, alone);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await confirm(page, 1).click();
    await page.getByText('1 user was deleted').waitFor();
    await page.reload();
    await page.getByText('20 of 40 done').waitFor();

    await page.getByRole('link', { name: 'Add new users' }).click();
    const login = `new.user.${viewport.width}`;
    for (const [label, value] of [
      ['First name', 'Nela'],
      ['Last name', 'Novotná'],
      ['Login', login],
      ['Email', 'nela@example.com'],
    ] as const) {
      await page.getByRole('textbox', { name: label, exact: true }).fill(value);
    }
    await page.getByLabel('Password', { exact: true }).fill('New-Password-1');
    await page.getByRole('button', { name: /Routing profile/ }).click();
    await page.getByRole('option', { name: 'Basic Routing Profile' }).click();
    await page.getByRole('button', { name: /Security profiles/ }).click();
    await page.getByRole('option', { name: 'Agent', exact: true }).click();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`The user ${login} was created.`).waitFor();
    expect(await exists(login)).toBe(true);

    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Last name', exact: true }).fill('Svobodová');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Svobodová').first().waitFor();

    const elsewhere = await openPage(site.browser, `${site.server.url}/console/users`, viewport);
    await elsewhere.getByText('20 of 40 done').waitFor();
    await elsewhere.context().close();

    await holder.query('rollback');
    await page.getByText('40 users were deleted').waitFor();
    await page.context().close();
  });
});

test('above 25 users the number has to be typed, and a selection can be everything that matches the filter', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users?size=25`, widths[0].viewport);
  await find(page, 'mar');
  await wholePage(page).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: /Select all \d+ users that match the filter/ }).click();
  const { rows } = await site.sql.query<{ count: string }>(
    `select count(*) from users where username ilike '%mar%' or first_name ilike '%mar%' or last_name ilike '%mar%'`,
  );
  const count = Number(rows[0]?.count);
  expect(count).toBeGreaterThan(25);
  await page.getByText(`All ${count} users that match the filter are selected.`).waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByLabel(/To confirm, type the number/).waitFor();
  expect(await confirm(page, count).getAttribute('aria-disabled')).toBe('true');
  await page.getByLabel(/To confirm, type the number/).fill(String(count));
  await confirm(page, count).click();
  await page.getByText(`${count} users were deleted`).waitFor();
  await page.context().close();
});

test('while the list is still that of the last filter, nobody can be chosen by it', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users?size=25`, widths[0].viewport);
  await wholePage(page).waitFor();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/user-details\//, async (route) => {
    await held;
    await route.continue();
  });
  await find(page, 'an');
  const all = page.getByRole('checkbox', { name: 'Select all users on this page' }).first();
  await page.locator('.stale').waitFor();
  expect(await all.isDisabled()).toBe(true);
  const rows = page.getByRole('checkbox', { name: /^Select (?!all)/ });
  expect(await rows.count()).toBe(25);
  expect(await rows.first().isDisabled()).toBe(true);
  answer();
  await wholePage(page).focus();
  await page.keyboard.press('Space');
  const offer = page.getByRole('button', { name: /Select all \d+ users that match the filter/ });
  await offer.click();
  await page.getByText(/All \d+ users that match the filter are selected\./).waitFor();

  // Under another filter, "all that match" would be others than those who were chosen.
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has('q'));
  await page.getByText('No users selected').waitFor();
  await page.context().close();
});

test('a user is deleted with the keyboard alone', async () => {
  const [login = ''] = await logins(1, { withQuickConnect: false, skip: 30 });
  const page = await openPage(site.browser, `${site.server.url}/console/users`, widths[0].viewport);
  await find(page, login);
  await page.getByRole('link', { name: login, exact: true }).waitFor();
  await tabTo(page, `Select ${login}`);
  await page.keyboard.press('Space');
  await page.getByText('1 user selected').waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await tabTo(page, /^Delete/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText(login).first().waitFor();
  await page
    .getByRole('dialog')
    .getByText(/quick connect/)
    .first()
    .waitFor();
  await tabTo(page, 'Delete 1 user');
  await page.keyboard.press('Enter');
  await page.getByText('1 user was deleted').waitFor();
  expect(await exists(login)).toBe(false);
  await page.context().close();
});

test('who may not delete sees why, and the API refuses the same', async () => {
  const { rows } = await site.sql.query<{ id: string; username: string; instance: string }>(
    `select u.id, u.username, u.instance_id as instance from users u
      join user_security_profile s on s.user_id = u.id join security_profile p on p.id = s.security_profile_id
    where p.name = 'CallCenterManager' limit 1`,
  );
  const [manager] = rows;
  if (!manager) throw new Error('the sample has no manager');
  const password = 'Manager-Password-1';
  await apiOf(site.server)('ResetUserPassword', {
    InstanceId: manager.instance,
    UserId: manager.id,
    Password: password,
  });
  const user = { login: manager.username, password };
  const page = await openPage(site.browser, `${site.server.url}/console/users`, widths[0].viewport, user);
  await page
    .getByRole('checkbox', { name: /^Select (?!all)/ })
    .first()
    .check();
  const button = page.getByRole('button', { name: 'Delete', exact: true });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await button.hover();
  await seen(page, 'You need the permission Users – Remove.').waitFor();
  const refused = await page.evaluate(
    async ({ instance, id }) => {
      const session = (await (await fetch('/console/api/session')).json()) as { CsrfToken: string };
      const headers = { 'x-csrf-token': session.CsrfToken, 'content-type': 'application/json' };
      const one = await fetch(`/users/${instance}/${id}`, { method: 'DELETE', headers });
      const body = JSON.stringify({ UserIds: [id] });
      const many = await fetch(`/user-batches/${instance}/deletions`, { method: 'POST', headers, body });
      return [one.status, many.status];
    },
    { instance: manager.instance, id: manager.id },
  );
  expect(refused).toEqual([403, 403]);
  await page.context().close();
});

test('a table is read by its column, and Back from the preview keeps it', async () => {
  const [leaver = ''] = await logins(1, { withQuickConnect: false, skip: 400 });
  const page = await openPage(site.browser, `${site.server.url}/console/users`, widths[0].viewport);
  const open = page.getByRole('button', { name: 'Delete from a list' });
  await open.click();
  const dialog = page.getByRole('dialog');
  const text = `Name;User login;Team\n"Some; body";${leaver};A\nNobody;never.was.here;B\nAgain;${leaver};A`;
  await dialog.getByRole('textbox').fill(text);
  await dialog.getByText('3 entries, from the column User login; 1 repeats another and counts once.').waitFor();
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByText('1 entry names somebody whom another entry names too, and counts once.').waitFor();
  // What will not be done comes first.
  expect(await dialog.getByRole('listitem').allTextContents()).toEqual([
    expect.stringContaining('never.was.here'),
    expect.stringContaining(leaver),
  ]);
  await dialog.getByRole('button', { name: 'Back' }).click();
  expect(await dialog.getByRole('textbox').inputValue()).toBe(text);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });

  // The first click afterwards counts, on the very button that has the focus; and the next dialog begins empty.
  const box = await open.boundingBox();
  if (!box) throw new Error('the button is out of sight');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await dialog.waitFor();
  expect(await dialog.getByRole('textbox').inputValue()).toBe('');
  // And begins on its first field.
  const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.type);
  await expect.poll(focused).toBe('radio');
  await page.context().close();
});
