import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage, widths } from './console-page.ts';
import { instanceOf, sureApi } from './console-people.ts';

const site = websiteForFile();

async function tagsOf(login: string): Promise<Record<string, string>> {
  const { rows } = await site.sql.query<{ id: string }>('select id from users where username = $1', [login]);
  const { User } = await sureApi(site.server)('DescribeUser', {
    InstanceId: await instanceOf(site.server),
    UserId: rows[0]?.id ?? '',
  });
  return User.Tags ?? {};
}

async function tag(page: Page, index: number, key: string, value: string): Promise<void> {
  await page.getByLabel(`Key of tag ${index}`).fill(key);
  await page.getByLabel(`Value of tag ${index}`).fill(value);
}

describe.each(widths)('at $name', ({ viewport }) => {
  test('tags are given with a new user, changed and taken away; what is wrong is said on its row', async () => {
    const login = `tagged.${viewport.width}`;
    const page = await openPage(site.browser, `${site.server.url}/console/users/new`, viewport);
    for (const [label, value] of [
      ['First name', 'Tag'],
      ['Last name', 'Ged'],
      ['Login', login],
      ['Email', `${login}@example.com`],
    ] as const) {
      await page.getByRole('textbox', { name: label, exact: true }).fill(value);
    }
    await page.getByLabel('Password', { exact: true }).fill('New-Password-1');
    await page.getByRole('button', { name: /Routing profile/ }).click();
    await page.getByRole('option', { name: 'Basic Routing Profile' }).click();
    await page.getByRole('button', { name: /Security profiles/ }).click();
    await page.getByRole('option', { name: 'Agent', exact: true }).click();
    await page.keyboard.press('Escape');
    const add = page.getByRole('button', { name: 'Add new tag' });
    await add.click();
    await tag(page, 1, 'Team', 'A');
    await add.click();
    await tag(page, 2, 'Team', 'B');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This key is there already.').first().waitFor();
    await expectAccessible(page);
    await tag(page, 2, 'Site', 'Madrid');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`The user ${login} was created.`).waitFor();
    expect(await tagsOf(login)).toEqual({ Team: 'A', Site: 'Madrid' });
    await page
      .getByText(/Team: A/)
      .first()
      .waitFor();

    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('heading', { name: `Edit ${login}` }).waitFor();
    const keys = await Promise.all([1, 2].map((index) => page.getByLabel(`Key of tag ${index}`).inputValue()));
    await page.getByLabel(`Value of tag ${keys.indexOf('Team') + 1}`).fill('C');
    await page.getByRole('button', { name: 'Remove the tag Site' }).click();
    await expectNoSidewaysScroll(page);

    // What is not saved is asked about, and stays.
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').getByText('Leave without saving?').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`Saved for ${login}: tags.`).waitFor();
    expect(await tagsOf(login)).toEqual({ Team: 'C' });
    await page.context().close();
  });
});

test('what the server refuses stands on its field, in the words of the form', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users`, widths[0].viewport);
  await page.getByRole('link', { name: 'admin', exact: true }).click();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.route(/\/identity-info$/, (route) =>
    route.fulfill({
      status: 400,
      headers: { 'x-amzn-errortype': 'InvalidParameterException' },
      json: { Message: 'IdentityInfo.SecondaryEmail must be an e-mail address.' },
    }),
  );
  await page.getByRole('textbox', { name: /Secondary email/ }).fill('second@example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Secondary email must be an e-mail address.').first().waitFor();
  expect(await page.getByText('IdentityInfo').count()).toBe(0);
  await page.context().close();
});
