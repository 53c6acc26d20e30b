import type pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './browser.ts';
import { connectTo } from './embedded-sql.ts';
import { startServer, type TestServer } from './server.ts';

/** The built server, with the sample contact centre unless it is not wanted, a browser, and what looks into the database behind the website's back. */
export interface Website {
  readonly server: TestServer;
  readonly browser: Browser;
  readonly sql: pg.Client;
}

/** A website for all tests of a file; before the first of them it is not there. */
export function websiteForFile(environment: Readonly<Record<string, string>> = {}, sample = true): Website {
  const site: { server?: TestServer; browser?: Browser; sql?: pg.Client } = {};
  beforeAll(async () => {
    const [server, browser] = await Promise.allSettled([startServer({ sample, environment }), launchBrowser()]);
    // Each is kept to be closed, whatever became of the other.
    if (server.status === 'fulfilled') site.server = server.value;
    if (browser.status === 'fulfilled') site.browser = browser.value;
    for (const opened of [server, browser]) if (opened.status === 'rejected') throw opened.reason;
    if (site.server) site.sql = await connectTo(site.server.dataDir);
  });
  afterAll(async () => {
    await site.sql?.end();
    await site.browser?.close();
    await site.server?.remove();
  });
  return site as Website;
}
