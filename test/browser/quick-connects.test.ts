import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage, widths } from './console-page.ts';
import { instanceOf, sureApi } from './console-people.ts';

const site = websiteForFile();

/** What the API says of a quick connect, by its name. */
async function named(name: string) {
  const { rows } = await site.sql.query<{ id: string; user_id: string | null; description: string | null }>(
    'select id, user_id, description from quick_connect where name = $1',
    [name],
  );
  return rows[0];
}

async function pick(page: Page, field: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: field }).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

async function pickUser(page: Page, login: string, place = page.locator('form').first()): Promise<void> {
  await place.getByRole('button', { name: /Destination/ }).click();
  await page.getByLabel('Find a user by login or name').fill(login);
  await page.getByRole('option', { name: login }).first().click();
}

async function find(page: Page, text: string): Promise<void> {
  await page.getByLabel('Find quick connects by name').fill(text);
  await page.waitForURL(/q=/);
}

/** Deletes users by the API, so that what leads to them leads to nobody. */
async function orphan(count: number): Promise<string[]> {
  const { rows } = await site.sql.query<{ id: string; name: string }>(
    `select u.id, min(q.name) as name from users u join quick_connect q on q.user_id = u.id
    where u.username <> 'admin' group by u.id having count(*) = 1 order by u.id limit $1`,
    [count],
  );
  const InstanceId = await instanceOf(site.server);
  for (const { id } of rows) await sureApi(site.server)('DeleteUser', { InstanceId, UserId: id });
  return rows.map(({ name }) => name);
}

describe.each(widths)('at $name', ({ viewport }) => {
  test('a quick connect is made, edited and deleted', async () => {
    const [ana, bob] = (
      await site.sql.query<{ username: string; id: string }>(
        `select id, username from users where username <> 'admin' order by username limit 2`,
      )
    ).rows;
    if (!ana || !bob) throw new Error('the sample has no users');
    const name = `To Ana ${viewport.width}`;
    const page = await openPage(site.browser, `${site.server.url}/console/routing/quick-connects`, viewport);
    await page.getByRole('link', { name: 'Add new' }).click();
    await page.getByRole('heading', { name: 'Add a quick connect' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a name.').waitFor();
    await page.getByText('Choose the user that it leads to.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await pickUser(page, ana.username);
    await pick(page, /^Flow/, /transfer/i);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`The quick connect ${name} was saved.`).waitFor();
    expect((await named(name))?.user_id).toBe(ana.id);

    await find(page, name);
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await pickUser(page, bob.username);
    await page.getByLabel(/Description/).fill('For the front desk');
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`The quick connect ${name} was saved.`).waitFor();
    expect(await named(name)).toMatchObject({ user_id: bob.id, description: 'For the front desk' });

    await find(page, name);
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByText('This cannot be undone.').waitFor();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 quick connect' }).click();
    await page.getByText('1 quick connect was deleted.').waitFor();
    expect(await named(name)).toBeUndefined();
    await page.context().close();
  });
});

test('orphans are found, given to somebody else, and deleted together', async () => {
  const orphans = await orphan(4);
  const [kept = ''] = orphans;
  const heir = (await site.sql.query(`select id, username from users where username = 'admin'`)).rows[0];
  const page = await openPage(
    site.browser,
    `${site.server.url}/console/routing/quick-connects?orphaned=true`,
    widths[0].viewport,
  );
  await page.getByText(`Orphaned: `).first().waitFor();
  await page.getByRole('checkbox', { name: `Select ${kept}`, exact: true }).check();
  await page.getByRole('button', { name: 'Change user' }).click();
  await pickUser(page, heir.username, page.getByRole('dialog'));
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('1 quick connect now leads to admin.').waitFor();
  expect((await named(kept))?.user_id).toBe(heir.id);

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: /^Select all \d+ orphaned$/ }).click();
  const { rows } = await site.sql.query(
    'select name from quick_connect q where user_id is not null and not exists (select from users where id = q.user_id)',
  );
  await page.getByText(`${rows.length} quick connects selected`).waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText(`Quick connects (${rows.length} of them orphaned)`).waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Delete ${rows.length} quick connects` })
    .click();
  await page.getByText(`${rows.length} quick connects were deleted.`).waitFor();
  expect(await named(orphans[1] ?? '')).toBeUndefined();
  expect((await named(kept))?.user_id).toBe(heir.id);
  await page.context().close();
});
