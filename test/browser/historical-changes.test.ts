import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage, seen, tabTo } from './console-page.ts';
import { addPerson, instanceOf, type Person, sureApi } from './console-people.ts';

const site = websiteForFile();
let ada: Person;
let gone: Person;
beforeAll(async () => {
  ada = await addPerson(site.server, 'ada.changed', []);
  gone = await addPerson(site.server, 'gone.since', []);
  const InstanceId = await instanceOf(site.server);
  const api = sureApi(site.server);
  const IdentityInfo = { FirstName: 'Augusta', LastName: 'King', Email: 'ada@example.com' };
  await api('UpdateUserIdentityInfo', { InstanceId, UserId: ada.id, IdentityInfo });
  await api('DeleteUser', { InstanceId, UserId: gone.id });
});
const addressOf = (path: string) => `${site.server.url}/console/${path}`;
const desktop = { width: 1440, height: 900 };

test('whoever may see changes finds what became of a user, by keyboard, and saves it', async () => {
  const page = await openPage(site.browser, addressOf('users'), desktop);
  await page.getByRole('link', { name: 'View historical changes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Historical changes' }).waitFor();
  expect(new URL(page.url()).searchParams.get('type')).toBe('agent');
  await page.goto(addressOf(`users/${ada.id}`));
  await page.getByRole('link', { name: 'History of changes' }).click();
  const rows = page.locator('tbody tr');
  await seen(page, 'Created').waitFor();
  await expect.poll(() => rows.count()).toBe(2);
  await rows.first().getByText('Updated').waitFor();
  await rows.first().getByText('API (access key)').waitFor();

  await tabTo(page, 'User ada.changed: updated');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'User ada.changed: updated' });
  const changed = panel.getByRole('row', { name: 'First name' });
  await changed.getByText('Test').waitFor();
  await changed.getByText('Augusta').waitFor();
  await panel.getByText('connect:UpdateUserIdentityInfo').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  if (process.env.CORDBOARD_TEST_SHOTS)
    await page.screenshot({ path: `${process.env.CORDBOARD_TEST_SHOTS}/panel.png` });
  await tabTo(page, 'Close panel');
  await page.keyboard.press('Enter');
  await panel.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain(
    'ada.changed: updated',
  );

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^historical-changes-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n').slice(1);
  expect(lines.filter((line) => !line.includes(ada.id))).toEqual([]);
  expect(lines.filter((line) => line.includes(',FirstName,Test,Augusta,'))).toHaveLength(1);
  await page.context().close();
});

test('a user who is gone stays readable by name, and filters stand in the address', async () => {
  const page = await openPage(site.browser, addressOf(`users/${gone.id}`), desktop);
  await page.getByRole('link', { name: 'See what was changed of this user, and by whom' }).click();
  await page.getByRole('button', { name: 'Only gone.since' }).waitFor();
  const rows = page.locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(2);
  await rows.first().getByText('Deleted').waitFor();
  await page.getByRole('button', { name: 'Only gone.since' }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(2);

  await page.getByRole('textbox', { name: 'Resource name' }).fill('GONE.since');
  await expect.poll(() => new URL(page.url()).searchParams.get('resource')).toBe('GONE.since');
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByRole('textbox', { name: 'Changed by' }).fill('nobody.at.all');
  await page.getByText('No change matches').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(2);

  // Pages follow each other.
  await page.goto(addressOf('users/historical-changes?size=25'));
  await rows.nth(24).waitFor();
  const first = await rows.first().textContent();
  await page.getByRole('button', { name: 'Next page' }).first().click();
  await expect.poll(() => rows.first().textContent()).not.toBe(first);
  await page.getByRole('button', { name: 'Previous page' }).first().click();
  await expect.poll(() => rows.first().textContent()).toBe(first);

  // What cannot be read is said, and can be asked for again.
  await page.route('**/historical-changes/*', (route) => route.fulfill({ status: 500, json: { message: 'no' } }));
  await page.goto(addressOf('users/historical-changes?by=admin'));
  await page.getByText('The changes could not be loaded').waitFor();
  await page.unroute('**/historical-changes/*');
  await page.getByRole('button', { name: 'Retry' }).click();
  await rows.first().waitFor();
  await page.context().close();
});

test.each([
  { width: 390, height: 844 },
  { width: 720, height: 450 },
])('in a window of $width x $height a change opens and closes, and nothing lies beyond the edge', async (viewport) => {
  const page = await openPage(site.browser, addressOf(`users/historical-changes?id=${ada.id}`), viewport);
  await page.getByRole('button', { name: 'User ada.changed: updated' }).click();
  const panel = page.getByRole('region', { name: 'User ada.changed: updated' });
  await panel.getByText('Augusta').waitFor();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  if (process.env.CORDBOARD_TEST_SHOTS)
    await page.screenshot({ path: `${process.env.CORDBOARD_TEST_SHOTS}/panel-${viewport.width}.png` });
  await panel.getByRole('button', { name: 'Close panel' }).click();
  await panel.waitFor({ state: 'detached' });
  await page.context().close();
});

test('whoever may not see changes is offered none, and who may not see users finds none of theirs', async () => {
  const without = await addPerson(site.server, 'sees.users', ['Users.View']);
  const page = await openPage(site.browser, addressOf(`users/${ada.id}`), desktop, without);
  await page.getByRole('heading', { level: 1, name: 'ada.changed' }).waitFor();
  expect(await page.getByRole('link', { name: /changes/i }).count()).toBe(0);
  await page.context().close();
  const only = await addPerson(site.server, 'sees.changes', ['HistoricalChanges.View', 'Queues.View']);
  const other = await openPage(site.browser, addressOf(`users/historical-changes?id=${ada.id}`), desktop, only);
  await other.getByText('No change matches').waitFor();
  await other.context().close();
});
