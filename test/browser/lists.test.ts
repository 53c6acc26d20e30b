import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage } from './console-page.ts';
import { instanceOf, sureApi } from './console-people.ts';

let server: TestServer;
let browser: Browser;
let batch: string;
beforeAll(async () => {
  server = await startServer({ sample: true });
  browser = await launchBrowser();
  const InstanceId = await instanceOf(server);
  const start = async (Usernames: string[]) =>
    (await sureApi(server)('StartUserDeletion', { InstanceId, Usernames })).UserBatchId;
  for (let count = 0; count < 20; count += 1) batch = await start([`never.was.${count}`]);
  batch = await start(Array.from({ length: 20 }, (_, index) => `never.was.${index}`));
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
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
  const page = await openPage(browser, `${server.url}/console/users?size=25`, viewport);
  for (const place of ['users', 'routing/quick-connects', 'users/batches', `users/batches/${batch}`]) {
    await page.goto(`${server.url}/console/${place}?size=25`);
    await page.locator('tbody tr').nth(15).waitFor();
    expect(await shareOfRows(page), place).toBeGreaterThanOrEqual(0.5);
    await expectNoSidewaysScroll(page);
    // The other sizes look like those that pages.test.ts walks.
    if (viewport.width === 320) await expectAccessible(page);
  }
  await page.context().close();
});

test('the first row is not under the sticky header, and a phone shows whole records', async () => {
  const page = await openPage(browser, `${server.url}/console/users`, { width: 1440, height: 900 });
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
  await page.goto(`${server.url}/console/users/batches/${batch}`);
  const record = page.locator('tbody tr').first();
  for (const text of ['never.was.', 'Failed', /nobody|no user|never/i]) await record.getByText(text).first().waitFor();
  const box = await record.boundingBox();
  expect(box && box.x + box.width).toBeLessThanOrEqual(390);
  await page.context().close();
});

test('a page that its list does not know any more is the first one again, and that is said', async () => {
  const page = await openPage(browser, `${server.url}/console/users/batches?size=10`, { width: 1440, height: 900 });
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
