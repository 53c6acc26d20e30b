import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, focused, openPage, tabTo, widths } from './console-page.ts';
import { addUser, instanceOf, type Person, sureApi } from './console-people.ts';
import { importContacts } from './contact-history.ts';

const site = websiteForFile({}, false);
const queue = { id: '11111111-2222-4333-8444-555555555555', name: 'Support line' };
let InstanceId: string;
let lead: Person;
let agentProfile: string;

beforeAll(async () => {
  InstanceId = await instanceOf(site.server);
  const api = sureApi(site.server);
  const { SecurityProfileSummaryList } = await api('ListSecurityProfiles', { InstanceId });
  agentProfile = SecurityProfileSummaryList.find(({ Name }) => Name === 'Agent')?.Id ?? '';
  const made = await api('CreateSecurityProfile', {
    InstanceId,
    SecurityProfileName: 'Lead of the blue team',
    Permissions: ['AccessMetrics', 'Users.View', 'Queues.View'],
    AllowedAccessControlTags: { Team: 'Blue' },
    TagRestrictedResources: ['User'],
  });
  lead = await addUser(site.server, InstanceId, 'lead.blue', [made.SecurityProfileId]);
});

const day = 86_400_000;
/** The day before yesterday, which is closed whatever the time is now. */
const closed = new Date(Math.floor(Date.now() / day) * day - 2 * day);
const closedDay = closed.toISOString().slice(0, 10);
const address = (report: string, more = '') =>
  `${site.server.url}/console/historical-metrics/${report}?range=${closedDay}..${closedDay}&zone=UTC${more}`;

/** Two agents, one of whom is in the blue team, with two contacts and one. */
async function history(suffix: string) {
  const api = sureApi(site.server);
  const [blue, red] = await Promise.all(
    ['blue', 'red'].map((team) => addUser(site.server, InstanceId, `${team}.${suffix}`, [agentProfile])),
  );
  if (!blue || !red) throw new Error('no agents');
  const { User } = await api('DescribeUser', { InstanceId, UserId: blue.id });
  await api('TagResource', { resourceArn: User?.Arn ?? '', tags: { Team: 'Blue' } });
  const of = ({ id, login }: Person, hour: number, talk: number) => ({
    agent: { id, username: login },
    queue,
    talk,
    start: new Date(closed.getTime() + hour * 3_600_000),
  });
  await importContacts(site.server, [of(blue, 8, 60), of(blue, 9, 120), of(red, 10, 3600)]);
  return { blue, red };
}

const row = (page: Page, text: string) => page.locator('tbody tr').filter({ hasText: text });
/** Every cell of the report, without the marks of a deletion. */
const cells = async (page: Page) =>
  (await page.locator('tbody tr').allInnerTexts()).map((text) => text.replaceAll(/\s*\bdeleted\b/g, ''));

const reports = ['agent-performance', 'contact-metrics', 'agent-metrics'];

describe.each(widths)('at $name', ({ viewport }) => {
  test('what tells the rows apart stays when the table is scrolled sideways', async () => {
    const { blue } = await history(`s${viewport.width}`);
    const page = await openPage(
      site.browser,
      address('agent-performance', '&interval=FIFTEEN_MIN&groups=AGENT,QUEUE,CHANNEL'),
      viewport,
    );
    await row(page, blue.login).first().waitFor();
    await page.locator('table:has(tbody)').evaluate((table) => table.parentElement?.scrollTo({ left: 600 }));
    const isSeen = (text: string) =>
      row(page, blue.login)
        .first()
        .evaluate((element, wanted) => {
          const cells = [...element.children].filter((cell) => cell.textContent.includes(wanted));
          const { left, top, height } = cells[0]?.getBoundingClientRect() ?? new DOMRect();
          return cells[0]?.contains(document.elementFromPoint(left + 30, top + height / 2)) ?? false;
        }, text);
    for (const text of [blue.login, 'Support line', 'Voice'])
      await expect.poll(() => isSeen(text), { message: text }).toBe(true);
    await expectNoSidewaysScroll(page);
    await page.context().close();
  });

  test('a deletion changes no value of the three reports, for the administrator and for a team lead', async () => {
    const { blue, red } = await history(`w${viewport.width}`);
    const seen = async (when: 'BEFORE' | 'AFTER', user?: Person) => {
      const page = await openPage(site.browser, address('agent-performance'), viewport, user);
      const found: string[][] = [];
      for (const report of reports) {
        await page.goto(address(report));
        await row(page, report === 'agent-performance' ? blue.login : 'Support line').waitFor();
        if (when === 'BEFORE' && !user) await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        found.push(await cells(page));
      }
      await page.goto(address('agent-performance'));
      await row(page, blue.login).waitFor();
      expect(await row(page, red.login).count()).toBe(user ? 0 : 1);
      return { page, found };
    };
    const before = { admin: await seen('BEFORE'), lead: await seen('BEFORE', lead) };
    // Two contacts of 60 and of 120 seconds, with 20 seconds of work after each.
    for (const text of ['00:01:50', '00:00:20', '00:01:30'])
      await row(before.lead.page, blue.login).getByText(text).first().waitFor();
    expect(await row(before.lead.page, blue.login).getByText('deleted', { exact: true }).count()).toBe(0);
    for (const { page } of Object.values(before)) await page.context().close();

    const api = sureApi(site.server);
    for (const { id } of [blue, red]) await api('DeleteUser', { InstanceId, UserId: id });
    const after = { admin: await seen('AFTER'), lead: await seen('AFTER', lead) };
    for (const role of ['admin', 'lead'] as const) {
      expect(after[role].found, role).toEqual(before[role].found);
      await row(after[role].page, blue.login).getByText('deleted', { exact: true }).waitFor();
    }
    await after.lead.page.context().close();

    // The filter has those who are deleted in a group of their own.
    const { page } = after.admin;
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('tab', { name: /^Interval/ }).press('End');
    await page.getByRole('tab', { name: /^Metrics/, selected: true }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tab', { name: /^Filters/, selected: true }).waitFor();
    await page.getByRole('button', { name: 'Agent Any' }).click();
    await page.getByPlaceholder('Find a login').fill(blue.login);
    await page.getByText('Deleted agents').waitFor();
    await page.getByRole('option', { name: new RegExp(blue.login) }).click();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await row(page, red.login).waitFor({ state: 'detached' });
    await row(page, blue.login).waitFor();
    expect(page.url()).toContain(`agents=${blue.id}`);
    await page.context().close();
  });
});

test('settings are changed with the keyboard alone, and a metric that does not go with them has a mark', async () => {
  const { blue } = await history('keys');
  const page = await openPage(site.browser, address('agent-performance'), widths[0].viewport);
  await row(page, blue.login).waitFor();
  await page.getByRole('button', { name: 'Refresh' }).focus();
  await tabTo(page, 'Settings');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.getByRole('tab', { name: /^Interval/ }).focus();
  await page.keyboard.press('ArrowRight');
  await tabTo(page, /^Add a grouping/);
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Queue', exact: true }).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByText('do not go with the groupings and filters').waitFor();
  // What goes hands the focus on.
  await page.getByRole('button', { name: 'Move Queue up' }).press('Enter');
  expect(await focused(page)).toBe('Move Queue up');
  await page.getByText('Queue is number 1 of 2 now.').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Move Queue down' }).press('Enter');
  expect(await focused(page)).toBe('Move Queue down');
  await tabTo(page, /^Add a grouping/);
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Channel', exact: true }).click();
  await page.getByRole('button', { name: 'Remove Channel' }).press('Enter');
  expect(await focused(page)).toBe('Remove Queue');
  await page.getByText('Channel was removed.').waitFor({ state: 'attached' });
  await tabTo(page, 'Apply');
  await page.keyboard.press('Enter');
  await row(page, blue.login).filter({ hasText: 'Support line' }).waitFor();
  expect(page.url()).toContain('groups=AGENT%2CQUEUE');
  await page.getByRole('columnheader', { name: 'Agent', exact: true }).getByRole('button').first().press('Enter');
  await page.waitForURL(/sort=group-0/);
  await page
    .getByRole('columnheader', { name: /Online time/ })
    .getByLabel('! Does not go with queue.')
    .waitFor();
  await page.getByRole('button', { name: 'What the metrics mean' }).click();
  await page.getByText('Time in any status but Offline.').waitFor();
  await expectAccessible(page);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const [header, ...lines] = readFileSync(await download.path(), 'utf8')
    .slice(1)
    .trimEnd()
    .split('\r\n');
  expect(header).toContain('Contacts handled');
  expect(lines.find((line) => line.includes(blue.login))).toContain('Support line');
  await page.context().close();
});

test('charts, a link that says what is not there, and a range that holds nothing', async () => {
  await history('charts');
  // Contacts of two hours: between them is nothing to average.
  const lines = await openPage(
    site.browser,
    address('contact-metrics', '&view=line&interval=THIRTY_MIN&chart=AVG_HANDLE_TIME'),
    widths[0].viewport,
  );
  await lines.getByLabel('Average handle time, line chart').first().waitFor();
  const stretches = lines.locator('g[aria-label="Support line"]');
  await stretches.first().waitFor({ state: 'attached' });
  expect(await stretches.count()).toBe(3);
  expect(await lines.getByRole('list', { name: 'Lines and bars' }).getByRole('listitem').count()).toBe(1);
  await lines.goto(address('agent-performance', '&view=bar'));
  await lines.getByLabel('Agent on contact time, bar chart').first().waitFor();
  await lines.context().close();
  const page = await openPage(site.browser, address('contact-metrics', '&view=bar'), widths[0].viewport);
  for (const kind of ['bar', 'line']) {
    await page.goto(address('contact-metrics', `&view=${kind}&interval=DAY`));
    await page.getByLabel(`Contacts queued, ${kind} chart`).first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  }
  await page.goto(address('contact-metrics', '&metrics=NO_METRIC'));
  await page.getByText('not known here, and are left out: NO_METRIC').waitFor();
  await row(page, 'Support line').waitFor();
  await page.goto(`${site.server.url}/console/historical-metrics/contact-metrics?range=2020-01-01..2020-01-02`);
  await page.getByText('No data', { exact: true }).waitFor();
  await page.goto(`${site.server.url}/console/historical-metrics/contact-metrics?range=last-7&interval=FIFTEEN_MIN`);
  await page.getByText('With this interval a report holds 3 days at most').locator('visible=true').first().waitFor();
  await page.goto(`${site.server.url}/console/historical-metrics/none-such`);
  await page.getByRole('heading', { name: 'There is no such report' }).waitFor();

  await page.route(/\/historical-reports\//, (route) =>
    route.fulfill({
      status: 400,
      headers: { 'x-amzn-errortype': 'InvalidParameterException' },
      json: { Message: 'Something is wrong.' },
    }),
  );
  await page.goto(address('contact-metrics'));
  await page.getByText('The report could not be loaded').waitFor();
  await page.context().close();
});

test.each([
  { width: 844, height: 390 },
  { width: 720, height: 450 },
])('rows have at least half of a window of $width x $height', async (viewport) => {
  await history(`low${viewport.width}`);
  const page = await openPage(
    site.browser,
    address('agent-performance', '&interval=FIFTEEN_MIN&groups=AGENT,QUEUE,CHANNEL'),
    viewport,
  );
  await row(page, 'Total').waitFor();
  const last = page.locator('tbody tr').last();
  await last.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  const share = await page.evaluate(() => {
    const heights = Array.from({ length: window.innerHeight }, (_, y) => y);
    const shown = heights.filter((y) => document.elementFromPoint(window.innerWidth / 2, y)?.closest('tbody'));
    return shown.length / window.innerHeight;
  });
  // There may be fewer rows than the window holds.
  const rows = await page.locator('tbody').evaluate((body) => body.getBoundingClientRect().height / window.innerHeight);
  expect(share).toBeGreaterThanOrEqual(Math.min(0.5, rows - 0.02));
  await page.context().close();
});
