import { launchBrowser } from '../test/support/browser.ts';
import { adminPassword } from '../test/support/server.ts';
import { onEmptyGround } from './ground.ts';
import { loadUsers } from './load-users.ts';
import { inTurns, type Suite } from './measure.ts';

/** What an admin of a large centre waits for and loads. */
export const website: Suite = {
  name: 'website',
  about: 'User management with 100,000 users in Chromium, size of the first load',
  run: (report) =>
    onEmptyGround(async ({ server, client, instanceId }) => {
      await loadUsers(client, instanceId, 100_000, 'many-');
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage();
        await page.goto(`${server.url}/console/users`);
        await page.getByLabel('Login').fill('admin');
        await page.getByLabel('Password', { exact: true }).fill(adminPassword);
        await page.getByRole('button', { name: 'Sign in' }).click();
        const firstRow = page.locator('tbody tr a').first();
        await firstRow.waitFor();
        const bytes = await page.evaluate(() => {
          const sizes: Record<string, number> = {};
          for (const entry of performance.getEntriesByType('resource') as unknown as {
            name: string;
            encodedBodySize: number;
          }[]) {
            const kind = /\.(js|css)$/.exec(new URL(entry.name).pathname)?.[1];
            if (kind) sizes[kind] = (sizes[kind] ?? 0) + entry.encodedBodySize;
          }
          return sizes;
        });
        report('First load, sign-in to the list: JavaScript, compressed', 'KiB', [(bytes.js ?? 0) / 1024], {
          atMost: 400,
        });
        report('First load, sign-in to the list: CSS, compressed', 'KiB', [(bytes.css ?? 0) / 1024], { atMost: 120 });
        const times = await inTurns(5, {
          list: async () => {
            await page.goto(`${server.url}/console/users?size=100`);
            await firstRow.waitFor();
          },
        });
        const seconds = times.list.map((ms) => ms / 1000);
        report('User management with 100,000 users: first row in Chromium', 's', seconds, { atMost: 2 });
      } finally {
        await browser.close();
      }
    }),
};
