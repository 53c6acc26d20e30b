import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { adminPassword } from '../support/server.ts';

export const widths = [
  { name: '1440 pixels', viewport: { width: 1440, height: 900 } },
  { name: '390 pixels', viewport: { width: 390, height: 844 } },
] as const;

/** A browser of its own, signed in, at a page of the website. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
  user: { login: string; password: string } = { login: 'admin', password: adminPassword },
): Promise<Page> {
  // Without animations, nothing is judged half faded in.
  const context = await browser.newContext({ viewport, acceptDownloads: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  await page.getByLabel('Login').fill(user.login);
  await page.getByLabel('Password', { exact: true }).fill(user.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: user.login }).waitFor();
  return page;
}

/** Moves the focus as people without a mouse do, until it is on what has this name. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 150; steps += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const labels =
        element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((one) => one.textContent) : [];
      const by = element?.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const named = by.map((id) => document.getElementById(id)?.textContent);
      return [element?.getAttribute('aria-label'), ...named, ...labels, element?.textContent]
        .filter(Boolean)
        .join(' | ');
    });
    passed.push(at);
    if (typeof name === 'string' ? at.includes(name) : name.test(at)) return;
  }
  throw new Error(`The keyboard does not come to ${name}; it came to:\n${passed.join('\n')}`);
}

/** The name of what has the focus, by its label. */
export const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

/** axe finds nothing serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' … ')}`);
  expect(found, page.url()).toEqual([]);
}

/** Nothing of the page lies beyond the right edge of the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content, page.url()).toBeLessThanOrEqual(window);
}

/** Text that is really to be seen; Cloudscape keeps the same words hidden as descriptions. */
export function seen(page: Page, text: string) {
  return page.getByText(text).locator('visible=true').first();
}
