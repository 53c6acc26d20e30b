import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { apiOf } from '../support/api.ts';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, focused, openPage, tabTo, widths } from './console-page.ts';
import { addUser, instanceOf, type Person, sureApi } from './console-people.ts';
import { importContacts } from './contact-history.ts';

const site = websiteForFile({}, false);
const { viewport } = widths[0];
let InstanceId: string;
let person: Person;
let contact: string;

beforeAll(async () => {
  InstanceId = await instanceOf(site.server);
  const api = sureApi(site.server);
  const { SecurityProfileSummaryList } = await api('ListSecurityProfiles', { InstanceId });
  const agent = SecurityProfileSummaryList.find(({ Name }) => Name === 'Agent')?.Id ?? '';
  person = await addUser(site.server, InstanceId, 'somebody.else', [agent]);
  const Recordings = [
    { StorageType: 'S3', Location: 'bucket/chat.json', MediaStreamType: 'CHAT', Status: 'AVAILABLE' },
  ];
  [contact = ''] = await importContacts(site.server, [{ more: { Recordings, Tags: { Case: 'A', Team: 'Blue' } } }]);
  const path = `/contact-recordings/${InstanceId}/${contact}/chat.json`;
  const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  expect((await apiOf(site.server).send('PUT', path, Buffer.from('{"Transcript":[]}'), unsigned)).status).toBe(200);
});

const at = (path: string) => `${site.server.url}/console/${path}`;
const question = (page: Page) => page.getByRole('dialog', { name: 'Close without saving?' });

/** Where something is entered in a dialog: how to come to it, and what is typed into which field. */
const dialogs: Readonly<Record<string, { path: () => string; open: string; field: string; text: string }>> = {
  'Edit tags': { path: () => `contact-search/${contact}`, open: 'Edit tags', field: 'Value of tag 1', text: 'B' },
  'Delete chat.json': {
    path: () => `contact-search/${contact}`,
    open: 'Delete chat.json',
    field: 'Reason',
    text: 'Asked for',
  },
  'Report settings': {
    path: () => 'historical-metrics/agent-performance?range=last-7',
    open: 'Settings',
    field: 'Days',
    text: '12',
  },
  'Reset the password': {
    path: () => `users/${person.id}`,
    open: 'Reset password',
    field: 'New password',
    text: 'Another-Password-1',
  },
  'Delete users from a list': {
    path: () => 'users',
    open: 'Delete from a list',
    field: 'Users to delete',
    text: 'somebody.else',
  },
};

test.each(Object.entries(dialogs))(
  '%s asks before what was entered is lost',
  async (_, { path, open, field, text }) => {
    const page = await openPage(site.browser, at(path()), viewport);
    const dialog = page.getByRole('dialog');
    const opener = page.getByRole('button', { name: open, exact: true });
    const entry = dialog.getByLabel(field, { exact: true }).first();
    // Nothing entered, nothing asked.
    await opener.click();
    await entry.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await opener.click();
    await entry.fill(text);
    await page.keyboard.press('Escape');
    await question(page).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await question(page).waitFor({ state: 'detached' });
    expect(await entry.inputValue()).toBe(text);
    expect(await entry.evaluate((element) => element === document.activeElement)).toBe(true);

    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await question(page).getByRole('button', { name: 'Discard' }).click();
    await dialog.waitFor({ state: 'detached' });
    await opener.click();
    await entry.waitFor();
    expect(await entry.inputValue()).not.toBe(text);
    await page.context().close();
  },
);

test('what was entered in a dialog is not lost with its page', async () => {
  const page = await openPage(site.browser, at('contact-search'), viewport);
  await page.getByRole('link', { name: contact, exact: true }).click();
  await page.getByRole('button', { name: 'Edit tags', exact: true }).click();
  const entry = page.getByRole('textbox', { name: 'Value of tag 1' });
  await entry.fill('B');
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
  await page.evaluate(() => history.back());
  await leave.getByRole('button', { name: 'Cancel' }).click();
  expect(await entry.inputValue()).toBe('B');
  await page.evaluate(() => history.back());
  await leave.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('link', { name: contact, exact: true }).waitFor();
  await page.context().close();
});

test('rows of tags that come and go hand the focus on', async () => {
  const page = await openPage(site.browser, at(`contact-search/${contact}`), viewport);
  await page.getByRole('button', { name: 'Edit tags', exact: true }).click();
  await page.getByRole('textbox', { name: 'Value of tag 1' }).waitFor();
  await tabTo(page, 'Add new tag');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Key of tag 3');
  await page.keyboard.type('Third');
  for (const [remove, next] of [
    ['Case', 'Remove the tag Team'],
    ['Third', 'Remove the tag Team'],
  ] as const) {
    await page.getByRole('button', { name: `Remove the tag ${remove}` }).press('Enter');
    await expect.poll(() => focused(page)).toBe(next);
  }
  await page.keyboard.press('Enter');
  const text = () => page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(text).toBe('Add new tag');
  await page.context().close();
});

const lists = [
  { list: 'users?q=somebody&size=10', link: 'somebody.else', crumb: 'User management' },
  { list: 'contact-search?channel=VOICE&range=24h', link: () => contact, crumb: 'Contact search' },
] as const;

test.each(lists)('$crumb is filtered as before when somebody comes back to it', async ({ list, link, crumb }) => {
  const page = await openPage(site.browser, at(list), viewport);
  const name = typeof link === 'function' ? link() : link;
  await page.getByRole('link', { name, exact: true }).click();
  await page.waitForURL(/\/(users|contact-search)\/[\w-]+$/);
  const crumbs = page.locator('nav ol a').filter({ hasText: crumb }).first();
  await crumbs.click();
  await page.waitForURL(at(list));
  await page.getByRole('link', { name, exact: true }).waitFor();
  // The navigation leads to the whole list.
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: crumb }).click();
  await page.waitForURL(at(list.replace(/\?.*/, '')));
  await page.getByRole('link', { name, exact: true }).click();
  await page.waitForURL(/\/(users|contact-search)\/[\w-]+$/);
  await crumbs.click();
  await page.waitForURL(at(list.replace(/\?.*/, '')));
  await page.context().close();
});

test('Retry is offered where it may help', async () => {
  const page = await openPage(site.browser, at('historical-metrics/contact-metrics'), viewport);
  const refuse = (status: number, code: string) =>
    page.route(/\/historical-reports\//, (route) =>
      route.fulfill({ status, headers: { 'x-amzn-errortype': code }, json: { Message: 'Something is wrong.' } }),
    );
  await refuse(400, 'InvalidParameterException');
  await page.goto(at('historical-metrics/agent-performance'));
  await page.getByText('The report could not be loaded').waitFor();
  expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  await refuse(503, 'ServiceUnavailable');
  await page.reload();
  await page.getByRole('button', { name: 'Retry' }).waitFor();
  await page.unroute(/\/historical-reports\//);
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByText('The report could not be loaded').waitFor({ state: 'detached' });
  await page.context().close();
});
