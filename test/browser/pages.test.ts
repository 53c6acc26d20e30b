import { createMemoryHistory } from '@tanstack/react-router';
import { beforeAll, describe, expect, test } from 'vitest';
import { permissionText } from '../../web/src/api/permissions.ts';
import { above, factsOf, type PageFacts, pagesOf, titleOf } from '../../web/src/routes/page-facts.ts';
import { createConsoleRouter } from '../../web/src/routes/router.tsx';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage, widths } from './console-page.ts';
import { addPerson, instanceOf, type Person, sureApi } from './console-people.ts';
import { importContacts } from './contact-history.ts';

const pages = pagesOf(createConsoleRouter(createMemoryHistory()));
const site = websiteForFile();
let nobody: Person;
let params: Readonly<Record<string, string>>;

beforeAll(async () => {
  nobody = await addPerson(site.server, 'may.nothing', []);
  const first = async (text: string): Promise<string> => (await site.sql.query<{ id: string }>(text)).rows[0]?.id ?? '';
  const InstanceId = await instanceOf(site.server);
  const batch = await sureApi(site.server)('StartUserDeletion', { InstanceId, Usernames: ['never.was.here'] });
  const [contact] = await importContacts(site.server, [
    { more: { Attributes: { Language: 'de' }, Tags: { Team: 'Blue' } } },
  ]);
  const saved = await sureApi(site.server)('CreateSavedReport', {
    InstanceId,
    Name: 'Of every week',
    Type: 'AGENT_PERFORMANCE',
    Settings: { TimeRange: { Type: 'LAST_DAYS', Days: 7 }, Metrics: [{ Name: 'CONTACTS_HANDLED' }] },
  });
  params = {
    $userId: await first(`select id from users where username = 'admin'`),
    $quickConnectId: await first('select id from quick_connect order by name limit 1'),
    $batchId: batch.UserBatchId,
    $contactId: contact ?? '',
    $report: 'agent-performance',
    $savedReportId: saved.SavedReportId,
    $: 'no/such/page',
  };
});

const addressOf = (path: string) =>
  `${site.server.url}/console${path.replaceAll(/\$\w*/g, (name) => params[name] ?? 'unknown')}`;
const firstNeed = ({ needs }: PageFacts) => {
  const [need] = needs;
  return typeof need === 'string' ? need : need?.[0];
};

describe.each(widths)('at $name', ({ name, viewport }) => {
  test('every page has its title, what is above it, and nothing grave, in light and in dark', async () => {
    const page = await openPage(site.browser, `${site.server.url}/console/`, viewport);
    for (const each of pages.filter(({ fullPath }) => fullPath !== '/')) {
      const facts = factsOf(each);
      await page.goto(addressOf(each.fullPath));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page
        .getByText(/^Loading/)
        .first()
        .waitFor({ state: 'detached' });
      if (typeof facts.title === 'string') expect(await page.title(), each.fullPath).toBe(`${facts.title} · Cordboard`);
      else expect(await page.title(), each.fullPath).not.toBe(`${titleOf(facts)} · Cordboard`);
      const [top] = above(each);
      const crumbs = page.locator('nav ol a');
      if (top)
        await crumbs
          .filter({ hasText: titleOf(factsOf(top)) })
          .first()
          .waitFor({ state: 'attached' });
      // The colours are the same at every width.
      for (const colorScheme of viewport === widths[0].viewport ? (['light', 'dark'] as const) : (['light'] as const)) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
      }
      if (each.fullPath !== '/$') await expectNoSidewaysScroll(page);
      if (process.env.CORDBOARD_TEST_SHOTS) {
        await page.emulateMedia({ colorScheme: 'light' });
        const file = `${each.fullPath.replaceAll(/\W+/g, '-')}-${name.split(' ')[0]}.png`;
        await page.screenshot({ path: `${process.env.CORDBOARD_TEST_SHOTS}/${file}` });
      }
    }
    await page.context().close();
  });
});

test('every page refuses whoever may not see it, says by which permission, and shows nothing of it', async () => {
  const page = await openPage(site.browser, `${site.server.url}/console/`, widths[0].viewport, nobody);
  await page.getByRole('heading', { name: 'Nothing to administer' }).waitFor();
  expect(await page.getByRole('link', { name: 'User management' }).count()).toBe(0);
  for (const each of pages) {
    const need = firstNeed(factsOf(each));
    if (need === undefined) continue;
    await page.goto(addressOf(each.fullPath));
    await page.getByRole('heading', { name: 'You may not see this page' }).waitFor();
    await page.getByText(`It needs the permission ${permissionText(need)},`).waitFor();
    expect(await page.getByRole('table').count(), each.fullPath).toBe(0);
  }
  await page.context().close();
});
