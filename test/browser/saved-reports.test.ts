import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage, tabTo, widths } from './console-page.ts';
import { addPerson, instanceOf, type Person, sureApi } from './console-people.ts';

const site = websiteForFile({}, false);
let InstanceId: string;
let author: Person;
let reader: Person;

beforeAll(async () => {
  InstanceId = await instanceOf(site.server);
  author = await addPerson(site.server, 'author', [
    'AccessMetrics',
    'MetricsReports.View',
    'MetricsReports.Create',
    'MetricsReports.Edit',
    'MetricsReports.Share',
    'MetricsReports.Publish',
    'MetricsReports.Delete',
  ]);
  reader = await addPerson(site.server, 'reader', ['AccessMetrics', 'MetricsReports.View']);
});

const at = (path: string) => `${site.server.url}/console${path}`;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, text: string) => page.locator('tbody tr').filter({ hasText: text });
const shoot = async (page: Page, name: string) => {
  const folder = process.env.CORDBOARD_TEST_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/saved-${name}-${page.viewportSize()?.width}.png` });
};

describe.each(widths)('at $name', ({ viewport }) => {
  test('a report is saved, changed, published, opened by another user, renamed and deleted', async () => {
    const name = `Of every week ${viewport.width}`;
    const page = await openPage(
      site.browser,
      at('/historical-metrics/contact-metrics?range=last-7&zone=UTC&view=bar'),
      viewport,
      author,
    );
    // By keyboard: Enter in the field saves.
    await button(page, 'Save').press('Enter');
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByText('Enter a name.').waitFor();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/saved-reports\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText('Contact metrics, saved by author').waitFor();
    // Only charts ask which metric.
    await page.getByRole('button', { name: /^Metric / }).waitFor();
    const link = page.url();
    expect(await button(page, 'Save').getAttribute('aria-disabled')).toBe('true');

    // A change is in the address and not saved before Save.
    await button(page, 'Settings').click();
    await page.getByRole('radio', { name: 'Yesterday' }).check();
    await button(page, 'Apply').click();
    await page.getByText('Unsaved changes').waitFor();
    expect(page.url()).toContain('range=yesterday');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await shoot(page, 'changed');
    await button(page, 'Save').click();
    await page.getByText(`“${name}” is saved.`).first().waitFor();
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
    expect(page.url()).toBe(link);
    await page
      .getByText(/Yesterday \(/)
      .first()
      .waitFor();

    const other = await openPage(site.browser, link, viewport, reader);
    await other.getByRole('heading', { name: 'This saved report is not shared' }).waitFor();
    await button(page, 'Share').click();
    await page.getByRole('radio', { name: /^Published/ }).check();
    await shoot(page, 'share');
    await expectAccessible(page);
    await button(page, 'Publish and copy link').click();
    await page.getByText(`“${name}” is published now.`).waitFor();

    await other.goto(at('/saved-reports'));
    await row(other, name).getByText('Published').waitFor();
    await expectAccessible(other);
    await expectNoSidewaysScroll(other);
    await other.getByRole('link', { name, exact: true }).click();
    await other.getByRole('heading', { level: 1, name }).waitFor();
    await other
      .getByText(/Yesterday \(/)
      .first()
      .waitFor();
    for (const each of ['Save', 'Save as'])
      expect(await button(other, each).getAttribute('aria-disabled'), each).toBe('true');
    await other.context().close();

    await page.goto(at(`/saved-reports?q=${viewport.width}&status=PUBLISHED`));
    await row(page, name).getByRole('checkbox').check();
    await shoot(page, 'list');
    await button(page, 'Rename').click();
    await page.getByRole('dialog').getByRole('textbox').fill(`Renamed ${viewport.width}`);
    await page.keyboard.press('Enter');
    await row(page, `Renamed ${viewport.width}`).waitFor();
    await row(page, `Renamed ${viewport.width}`).getByRole('checkbox').check();
    await button(page, 'Delete').click();
    await expectAccessible(page);
    await button(page, 'Delete 1 saved report').click();
    await page.getByText('No saved report matches').waitFor();
    await page.goto(link);
    await page.getByRole('heading', { name: 'This saved report does not exist (any more)' }).waitFor();
    await page.context().close();
  });
});

test('two tabs, a name that is taken, the report of somebody who is gone, and a list that cannot be loaded', async () => {
  const api = sureApi(site.server);
  const gone = await addPerson(site.server, 'leaver', [
    'AccessMetrics',
    'MetricsReports.View',
    'MetricsReports.Create',
  ]);
  const one = await openPage(site.browser, at('/historical-metrics/agent-performance'), widths[0].viewport, gone);
  await button(one, 'Save').click();
  await one.getByRole('dialog').getByRole('textbox').fill('Left behind');
  await one.keyboard.press('Enter');
  await one.waitForURL(/\/saved-reports\//);
  const link = one.url();
  const SavedReportId = link.slice(-36);
  await button(one, 'Save as').click();
  await one.getByRole('dialog').getByRole('textbox').fill('Left behind');
  await one.keyboard.press('Enter');
  await one.getByText('is named "Left behind" already').waitFor();
  await one.context().close();
  await api('UpdateSavedReportStatus', { InstanceId, SavedReportId, Status: 'PUBLISHED' });
  await api('UpdateSavedReport', {
    InstanceId,
    SavedReportId,
    Settings: {
      TimeRange: { Type: 'YESTERDAY' },
      Filters: [{ FilterKey: 'AGENT', FilterValues: [gone.id] }],
      Metrics: [{ Name: 'CONTACTS_HANDLED' }],
    },
  });
  await api('DeleteUser', { InstanceId, UserId: gone.id });

  const page = await openPage(site.browser, link, widths[0].viewport);
  await page.getByText('The filters name what is not there any more: 1 agent.').waitFor();
  await page.getByText('saved by leaver').getByText('deleted').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await shoot(page, 'gone-dark');
  await page.goto(at('/saved-reports?all=true'));
  await row(page, 'Left behind').getByText('leaver').waitFor();
  await expectAccessible(page);
  await row(page, 'Left behind').getByRole('checkbox').check();
  await shoot(page, 'list-dark');
  await button(page, 'Refresh').focus();
  await tabTo(page, 'Share');

  const mine = await api('CreateSavedReport', {
    InstanceId,
    Name: 'Of a program',
    Type: 'AGENT_METRICS',
    Settings: { TimeRange: { Type: 'YESTERDAY' }, Metrics: [{ Name: 'CONTACTS_HANDLED' }] },
  });
  expect(mine.SavedReportId).toMatch(/^[0-9a-f-]{36}$/);
  // The page itself has such an address, too.
  await page.route(/\/saved-reports\//, (route) =>
    route.request().resourceType() === 'document'
      ? route.continue()
      : route.fulfill({
          status: 400,
          headers: { 'x-amzn-errortype': 'InvalidParameterException' },
          json: { Message: 'Something is wrong.' },
        }),
  );
  await page.goto(at('/saved-reports'));
  await page.getByText('The saved reports could not be loaded').waitFor();
  await page.goto(link);
  await page.getByText('The saved report could not be loaded').waitFor();
  await page.context().close();
});
