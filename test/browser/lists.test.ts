import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage, seen } from './console-page.ts';
import { instanceOf, sureApi } from './console-people.ts';
import { importContacts } from './contact-history.ts';

const site = websiteForFile();
let batch: string;
beforeAll(async () => {
  const InstanceId = await instanceOf(site.server);
  const start = async (Usernames: string[]) =>
    (await sureApi(site.server)('StartUserDeletion', { InstanceId, Usernames })).UserBatchId;
  for (let count = 0; count < 20; count += 1) batch = await start([`never.was.${count}`]);
  batch = await start(Array.from({ length: 20 }, (_, index) => `never.was.${index}`));
});

/** A phone, one held sideways, a laptop at 200 % and at 400 % zoom, a desktop. */
const sizes = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 720, height: 450 },
  { width: 320, height: 256 },
  { width: 1440, height: 900 },
];

/** The share of the window's height in which rows are seen when the list has been scrolled into. */
async function shareOfRows(page: Page): Promise<number> {
  const row = page.locator('tbody tr').nth(15);
  await row.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  return page.evaluate(() => {
    const heights = Array.from({ length: window.innerHeight }, (_, y) => y);
    const shown = heights.filter((y) => document.elementFromPoint(window.innerWidth / 2, y)?.closest('tbody'));
    return shown.length / window.innerHeight;
  });
}

test.each(sizes)('rows have at least half of a window of $width x $height', async (viewport) => {
  const page = await openPage(site.browser, `${site.server.url}/console/users?size=25`, viewport);
  for (const place of ['users', 'routing/quick-connects', 'users/batches', `users/batches/${batch}`]) {
    await page.goto(`${site.server.url}/console/${place}?size=25`);
    await page.locator('tbody tr').nth(15).waitFor();
    expect(await shareOfRows(page), place).toBeGreaterThanOrEqual(0.5);
    await expectNoSidewaysScroll(page);
    // The other sizes look like those that pages.test.ts walks.
    if (viewport.width === 320) await expectAccessible(page);
  }
  await page.context().close();
});

test('the first row is not under the sticky header, and a phone shows whole records', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users`, { width: 1440, height: 900 });
  await page.locator('tbody tr a').nth(15).waitFor();
  // With a banner above it, which sticks too.
  await page.getByText('were not deleted').or(page.getByText('was not deleted')).first().waitFor();
  const isSeen = () =>
    page.evaluate(() => {
      const row = document.querySelector('tbody tr');
      const { left, width, top } = row?.getBoundingClientRect() ?? new DOMRect();
      return row?.contains(document.elementFromPoint(left + width / 2, top + 2)) ?? false;
    });
  await expect.poll(isSeen).toBe(true);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${site.server.url}/console/users/batches/${batch}`);
  const record = page.locator('tbody tr').first();
  for (const text of ['never.was.', 'Failed', /nobody|no user|never/i]) await record.getByText(text).first().waitFor();
  const box = await record.boundingBox();
  expect(box && box.x + box.width).toBeLessThanOrEqual(390);
  await page.context().close();
});

test('a page that its list does not know any more is the first one again, and that is said', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users/batches?size=10`, {
    width: 1440,
    height: 900,
  });
  await page.locator('tbody tr').nth(9).waitFor();
  await page.route(/\/user-batches\/.*nextToken=/, (route) =>
    route.fulfill({
      status: 400,
      headers: { 'x-amzn-errortype': 'InvalidParameterException' },
      json: { Message: 'Whatever the words are.', Reason: 'NEXT_TOKEN_NOT_VALID' },
    }),
  );
  await page.getByRole('button', { name: 'Next page' }).first().click();
  await page.getByText('The page is not there any more').waitFor();
  await page.locator('tbody tr').nth(9).waitFor();
  expect(await page.getByRole('button', { name: 'Page 1' }).first().getAttribute('aria-current')).toBe('true');

  // With the list as it is, the next page is the next page.
  await page.unroute(/\/user-batches\/.*nextToken=/);
  await page.getByRole('button', { name: 'Next page' }).first().click();
  await page.getByText('The page is not there any more').waitFor({ state: 'detached' });
  await page.context().close();
});

test('the users of a search are downloaded as a CSV file, or those alone that are selected', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users?q=ana&size=100`, {
    width: 1440,
    height: 900,
  });
  const boxes = page.getByRole('checkbox', { name: /^Select (?!all)/ });
  await boxes.nth(1).waitFor();
  const loginsIn = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^users-\d{4}-\d\d-\d\d\.csv$/);
    const [header = '', ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(header).toMatch(/^\uFEFFfirst name,last name,user login,/);
    return lines.map((line) => line.split(',')[2]);
  };
  const shown = await page.locator('tbody tr a').allTextContents();
  const logins = shown.filter((text) => text.includes('.'));
  const found = await loginsIn();
  expect(found.length).toBeLessThan(100);
  expect(found.toSorted()).toEqual(logins.toSorted());

  for (const index of [0, 1]) await boxes.nth(index).check();
  expect((await loginsIn()).toSorted()).toEqual(logins.slice(0, 2).toSorted());
  await page.context().close();
});

test('the longest time and the longest id are seen whole in their columns', async () => {
  await importContacts(site.server, [{}]);
  const page = await openPage(site.browser, `${site.server.url}/console/users`, { width: 1440, height: 900 });
  for (const place of ['users/batches', `users/batches/${batch}`, 'login-logout', 'contact-search']) {
    await page.goto(`${site.server.url}/console/${place}`);
    await page.locator('tbody time').first().waitFor();
    const cut = await page
      .locator('tbody tr')
      .first()
      .evaluate((row) => {
        // As wide as the widest of the fonts that a system may have.
        for (const element of row.querySelectorAll<HTMLElement>('time, a')) element.style.letterSpacing = '0.05em';
        for (const time of row.querySelectorAll('time')) time.textContent = 'Mar 28, 2026, 10:48:46 PM';
        const link = row.querySelector('a');
        if (link && /^[0-9a-f-]{36}$/.test(link.textContent)) link.textContent = 'd8d8b8d8-d8d8-48d8-b8d8-d8d8b8d8d8b8';
        const isCut = (element: Element) => {
          const cell = element.closest('td > div, th > div') ?? element;
          const room = cell.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(cell).paddingRight);
          return element.getBoundingClientRect().right > room;
        };
        return [...row.querySelectorAll('time, a')].filter(isCut).map((element) => element.textContent);
      });
    expect(cut, place).toEqual([]);
  }
  await page.context().close();
});

test('all controls of a line of filters stand on it, and on a phone the pager has one line', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/users`, { width: 1440, height: 900 });
  for (const place of ['contact-search', 'login-logout', 'agent-activity-audit']) {
    await page.goto(`${site.server.url}/console/${place}`);
    await page.locator('.filters').first().waitFor();
    const stand = await page
      .locator('.filters')
      .first()
      .evaluate((filters) =>
        [...filters.children]
          .filter((one) => !one.matches('.filters-folded, .filter-checkbox'))
          .map((one) => [...one.querySelectorAll('button, input')].at(-1) ?? one)
          .map((control) => Math.round(control.getBoundingClientRect().bottom))
          .toSorted((one, other) => one - other),
      );
    const steps = stand.slice(1).map((bottom, index) => bottom - (stand[index] ?? 0));
    expect(
      steps.filter((step) => step > 1 && step < 20),
      place,
    ).toEqual([]);
  }
  for (const label of ['Day', 'Time zone']) await seen(page, label).waitFor();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${site.server.url}/console/users?size=10`);
  await page.locator('tbody tr').nth(9).waitFor();
  const ends = await page
    .getByRole('button', { name: /^(Previous|Next) page$/ })
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().bottom)));
  // Above the list and below it.
  expect(ends).toHaveLength(4);
  expect(new Set(ends).size).toBe(2);
  await page.context().close();
});
