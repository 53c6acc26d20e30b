import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { openPage } from './console-page.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({ sample: true });
  browser = await launchBrowser();
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
  for (const place of ['users', 'routing/quick-connects']) {
    await page.goto(`${server.url}/console/${place}?size=25`);
    await page.locator('tbody tr a').nth(15).waitFor();
    expect(await shareOfRows(page), place).toBeGreaterThanOrEqual(0.5);
  }
  await page.context().close();
});
