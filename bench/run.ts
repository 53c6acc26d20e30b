import { apiOf } from '../test/support/api.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { connectTo } from '../test/support/embedded-sql.ts';
import { adminPassword, startServer, type TestServer } from '../test/support/server.ts';
import { loadUsers } from './load-users.ts';
import { memoryOfTree } from './memory.ts';

// Times swing with the machine; the ratios, taken within one run, are what to compare.

const seconds = (since: number) => (performance.now() - since) / 1000;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const say = (what: string, value: string) => console.log(`${what.padEnd(66)} ${value}`);

let began = performance.now();
const first = await startServer({ sample: true });
const cold = seconds(began);
await first.end();
began = performance.now();
let server: TestServer = await startServer({ sample: true, dataDir: first.dataDir });
const warm = seconds(began);
say('Cold start (new data folder, sample data)', `${cold.toFixed(2)} s`);
say('Warm start (the same data folder)', `${warm.toFixed(2)} s`);
await server.remove();

server = await startServer();
try {
  const call = apiOf(server);
  const instances = await call<{ InstanceSummaryList: { Id: string }[] }>('GET', '/instance');
  const instance = instances.body.InstanceSummaryList[0]?.Id ?? '';
  const client = await connectTo(server.dataDir);

  const rest = memoryOfTree(server.process.pid ?? 0);
  say('Memory at rest', `${rest.node} MiB Node, ${rest.postgres} MiB PostgreSQL`);

  await deletions(call, client, instance);
  await firstPages(call, client, instance);
  await client.end();
} finally {
  await server.remove();
}

type Call = ReturnType<typeof apiOf>;

async function deletions(call: Call, client: Awaited<ReturnType<typeof connectTo>>, instance: string) {
  const singles = await loadUsers(client, instance, 300, 'single-', { quickConnects: true });
  const pointing = await client.query<{ id: string }>('select id from quick_connect where user_id = any($1)', [
    singles,
  ]);
  began = performance.now();
  for (const [index, id] of singles.entries()) {
    await call('DELETE', `/users/${instance}/${id}`);
    await call('DELETE', `/quick-connects/${instance}/${pointing.rows[index]?.id}`);
  }
  const single = seconds(began) / singles.length;

  const count = 10_000;
  const ids = await loadUsers(client, instance, count, 'batch-', { quickConnects: true });
  const pid = server.process.pid ?? 0;
  let peak = { node: 0, postgres: 0 };
  began = performance.now();
  const started = await call<{ UserBatchId: string }>('POST', `/user-batches/${instance}/deletions`, {
    UserIds: ids,
    QuickConnects: 'DELETE',
  });
  const accepted = seconds(began);
  for (let status = ''; !status.startsWith('COMPLETED'); ) {
    const { body } = await call<{ UserBatch: { Status: string } }>(
      'GET',
      `/user-batches/${instance}/${started.body.UserBatchId}`,
    );
    status = body.UserBatch.Status;
    const now = memoryOfTree(pid);
    if (now.node + now.postgres > peak.node + peak.postgres) peak = now;
  }
  const whole = seconds(began);
  say(`Batch of ${count} users with one quick connect each: accepted`, `${accepted.toFixed(2)} s`);
  say('  … done', `${whole.toFixed(2)} s`);
  say('Memory during the batch (highest seen)', `${peak.node} MiB Node, ${peak.postgres} MiB PostgreSQL`);
  say('One by one (DeleteUser, then DeleteQuickConnect), for each user', `${(single * 1000).toFixed(2)} ms`);
  say('The batch, for each user', `${((whole / count) * 1000).toFixed(3)} ms`);
  say('Ratio: one by one / batch', `${(single / (whole / count)).toFixed(1)}`);
  say('Ratio: 2 requests a second, as Connect allows / batch', `${(1 / (whole / count)).toFixed(0)}`);
}

async function firstPages(call: Call, client: Awaited<ReturnType<typeof connectTo>>, instance: string) {
  const pageTime = async () => {
    const times: number[] = [];
    for (let round = 0; round < 21; round += 1) {
      began = performance.now();
      await call('POST', `/user-details/${instance}`, { MaxResults: 100 });
      times.push(performance.now() - began);
    }
    return median(times);
  };
  await loadUsers(client, instance, 1000, 'few-');
  const few = await pageTime();
  await loadUsers(client, instance, 99_000, 'many-');
  const many = await pageTime();
  say('First page of 100 with 1,000 users (API, median of 21)', `${few.toFixed(1)} ms`);
  say('First page of 100 with 100,000 users (API, median of 21)', `${many.toFixed(1)} ms`);
  say('Ratio: 100,000 / 1,000 users', `${(many / few).toFixed(1)}`);

  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/console/users`);
    await page.getByLabel('Login').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(adminPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('tbody tr a').first().waitFor();
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
    say('First load: sign-in to the list, compressed', `${kib(bytes.js)} JavaScript, ${kib(bytes.css)} CSS`);
    began = performance.now();
    await page.goto(`${server.url}/console/users?size=100`);
    await page.locator('tbody tr a').first().waitFor();
    say('User management with 100,000 users: first row in Chromium', `${seconds(began).toFixed(2)} s`);
  } finally {
    await browser.close();
  }
}

function kib(bytes = 0): string {
  return `${Math.round(bytes / 1024)} KiB`;
}
