import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiOf } from '../support/api.ts';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, focused, openPage, seen, tabTo, widths } from './console-page.ts';
import { addUser, instanceOf, type Person, sureApi } from './console-people.ts';
import { importContacts } from './contact-history.ts';

const site = websiteForFile({}, false);
let InstanceId: string;
let lead: Person;
let profiles: Record<'Agent' | 'Lead', string>;
const queue = { id: '11111111-2222-4333-8444-555555555555', name: 'Support' };
const profile = { id: '11111111-2222-4333-8444-666666666666', name: 'Tier 1' };
const group = { id: '11111111-2222-4333-8444-777777777777', name: 'EMEA' };

beforeAll(async () => {
  InstanceId = await instanceOf(site.server);
  const api = sureApi(site.server);
  const { SecurityProfileSummaryList } = await api('ListSecurityProfiles', { InstanceId });
  const made = await api('CreateSecurityProfile', {
    InstanceId,
    SecurityProfileName: 'Lead of the blue team',
    Permissions: ['ContactSearch.View', 'ContactAttributes.View', 'Users.View', 'Contacts.Tag.Edit'],
    AllowedAccessControlTags: { Team: 'Blue' },
    TagRestrictedResources: ['User'],
  });
  profiles = {
    Agent: SecurityProfileSummaryList.find(({ Name }) => Name === 'Agent')?.Id ?? '',
    Lead: made.SecurityProfileId,
  };
  lead = await addUser(site.server, InstanceId, 'lead.blue', [profiles.Lead]);
});

/** Two agents, one of whom is in the blue team, and their contacts: of each one, and one that went from her to him. */
async function history(suffix: string) {
  const api = sureApi(site.server);
  const [blue, red] = await Promise.all(
    ['blue', 'red'].map((team) => addUser(site.server, InstanceId, `${team}.${suffix}`, [profiles.Agent])),
  );
  if (!blue || !red) throw new Error('no agents');
  const { User } = await api('DescribeUser', { InstanceId, UserId: blue.id });
  await api('TagResource', { resourceArn: User?.Arn ?? '', tags: { Team: 'Blue' } });
  const agent = ({ id, login }: Person) => ({
    id,
    username: login,
    routingProfile: profile,
    groups: [group],
  });
  const more = { Attributes: { Language: 'de' }, Tags: { Case: 'A' } };
  const [own = '', first = ''] = await importContacts(site.server, [
    { agent: agent(blue), queue, more },
    {
      agent: agent(blue),
      queue,
      more: { TransferredToEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12025550177' } },
    },
    { agent: agent(red), queue },
  ]);
  const [second = ''] = await importContacts(site.server, [
    {
      agent: agent(red),
      queue,
      more: { InitialContactId: first, PreviousContactId: first, InitiationMethod: 'TRANSFER' },
    },
  ]);
  return { blue, red, own, first, second };
}

/** What a page says, without the marks of a deletion. */
const textOf = async (page: Page) =>
  (await page.locator('.page').innerText())
    .split('\n')
    .filter((line) => line.trim() !== '' && !/ was deleted /.test(line))
    .map((line) => line.replaceAll(/\s*\bdeleted\b/g, ''))
    .join('\n');

const row = (page: Page, id: string) => page.locator('tbody tr').filter({ hasText: id });

async function chooseAgent(page: Page, login: string, isNarrow: boolean, isDeleted = false): Promise<void> {
  if (isNarrow) await page.getByRole('button', { name: /^More filters/ }).click();
  await page.getByRole('button', { name: 'Agent Any' }).click();
  await page.getByPlaceholder('Find a login').fill(login);
  await page.getByRole('option', { name: new RegExp(login) }).click();
  if (isDeleted) expect(await page.getByText('Deleted agents').count()).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await page.waitForURL(/agents=/);
}

describe.each(widths)('at $name', ({ viewport }) => {
  const isNarrow = viewport.width < 700;

  test('a deletion leaves contacts as they were, for the administrator and for a team lead', async () => {
    const { blue, red, own, first, second } = await history(`w${viewport.width}`);
    const walk = async (user?: Person) => {
      const page = await openPage(site.browser, `${site.server.url}/console/contact-search`, viewport, user);
      await row(page, own).waitFor();
      const list = await textOf(page);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      const isLead = user !== undefined;
      expect(await row(page, second).count()).toBe(isLead ? 0 : 1);
      await page.goto(`${site.server.url}/console/contact-search/${first}`);
      await page.getByRole('heading', { name: 'Contact details' }).waitFor();
      // The chain goes on with somebody whom the lead does not reach.
      expect(await page.getByText('Chain of transfers').count()).toBe(isLead ? 0 : 1);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      const details = await textOf(page);
      return { page, list, details };
    };
    const before = { admin: await walk(), lead: await walk(lead) };
    expect(before.lead.details).toContain('Tier 1');
    await before.lead.page.context().close();

    // The administrator filters by the agent, who is still there.
    const { page } = before.admin;
    await page.goto(`${site.server.url}/console/contact-search`);
    await chooseAgent(page, blue.login, isNarrow);
    await row(page, second).waitFor({ state: 'detached' });
    expect(await row(page, own).count()).toBe(1);
    await page.context().close();

    await sureApi(site.server)('DeleteUser', { InstanceId, UserId: blue.id });
    await sureApi(site.server)('DeleteUser', { InstanceId, UserId: red.id });
    const after = { admin: await walk(), lead: await walk(lead) };
    for (const role of ['admin', 'lead'] as const) {
      expect(after[role].list, role).toBe(before[role].list);
      expect(after[role].details, role).toBe(before[role].details);
      await after[role].page.getByText('deleted', { exact: true }).first().waitFor();
    }
    await after.admin.page.getByText(`${blue.login} was deleted`).waitFor();
    await after.admin.page.getByText('by TESTACCESSKEY').waitFor();
    await after.lead.page.getByText(`${blue.login} was deleted`).waitFor();
    expect(await after.lead.page.getByText('TESTACCESSKEY').count()).toBe(0);
    await after.lead.page.context().close();

    // The filter has those who are deleted in a group of their own.
    const { page: again } = after.admin;
    await again.goto(`${site.server.url}/console/contact-search`);
    await chooseAgent(again, blue.login, isNarrow, true);
    await row(again, second).waitFor({ state: 'detached' });
    expect(await row(again, own).count()).toBe(1);
    // In sight without scrolling sideways.
    const mark = await row(again, own).getByText('deleted', { exact: true }).boundingBox();
    expect((mark?.x ?? Number.NaN) + (mark?.width ?? 0)).toBeLessThan(viewport.width);
    await again.context().close();
  });

  test('a contact is found by its ID, whatever else is chosen, and its tags are changed', async () => {
    const { own } = await history(`t${viewport.width}`);
    const page = await openPage(site.browser, `${site.server.url}/console/contact-search?channel=TASK`, viewport);
    await page.getByText('No contact matches').waitFor();
    await page.getByLabel('Find a contact by its ID').fill(own.slice(0, 12));
    await page.getByText('This is no contact ID').waitFor();
    await page.getByLabel('Find a contact by its ID').fill(own);
    await row(page, own).waitFor();
    await page.getByRole('link', { name: own }).click();
    await page.getByRole('heading', { name: 'Contact details' }).waitFor();
    await page.getByRole('button', { name: 'Edit tags' }).click();
    await page.getByRole('textbox', { name: 'Value of tag 1' }).fill('B');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const tags = page.locator('dl').filter({ hasText: 'Case' });
    await tags.getByText('B', { exact: true }).waitFor();
    await page.context().close();
  });
});

test('the file has the columns that are shown, and the keyboard reaches every filter', async () => {
  const { own, blue } = await history('file');
  const page = await openPage(
    site.browser,
    `${site.server.url}/console/contact-search?address=%2B1202&tags=Case%3DA`,
    widths[0].viewport,
  );
  await row(page, own).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .slice(1)
    .trimEnd()
    .split('\r\n');
  expect(lines[0]).toBe(
    'Contact ID,Channel,Initiation timestamp,Agent,Agent deleted,Queue,System phone number,Recording,Customer phone number or email,Disconnect timestamp',
  );
  expect(lines.find((line) => line.startsWith(own))).toContain(`,${blue.login},,Support,`);
  await page.getByLabel('Find a contact by its ID').focus();
  for (const name of ['Timestamp type', 'Time range', 'Agent', 'Queue', 'More filters']) await tabTo(page, name);
  await page.keyboard.press('Enter');
  for (const name of ['Agent hierarchy', 'Routing profile', 'Channel', 'Initiation method', 'Phone number', 'Tags']) {
    await tabTo(page, name);
  }
  await page.context().close();
});

test('whoever may see their own contacts sees those alone', async () => {
  const made = await sureApi(site.server)('CreateSecurityProfile', {
    InstanceId,
    SecurityProfileName: 'Own contacts',
    Permissions: ['MyContacts.View'],
  });
  const person = await addUser(site.server, InstanceId, 'own.contacts', [made.SecurityProfileId]);
  const [own = '', other = ''] = await importContacts(site.server, [
    { agent: { id: person.id, username: person.login } },
    { agent: { id: lead.id, username: lead.login } },
  ]);
  const page = await openPage(site.browser, `${site.server.url}/console/contact-search`, widths[0].viewport, person);
  await page.getByText('You see the contacts that you have handled.').waitFor();
  await row(page, own).waitFor();
  expect(await row(page, other).count()).toBe(0);
  await page.goto(`${site.server.url}/console/contact-search/${other}`);
  await page.getByText('do not let you reach the contact').waitFor();
  await page.goto(`${site.server.url}/console/contact-search/11111111-2222-4333-8444-999999999999`);
  await page.getByRole('heading', { name: 'There is no such contact' }).waitFor();
  await page.context().close();
});

test.each([
  { width: 844, height: 390 },
  { width: 720, height: 450 },
])('rows have at least half of a window of $width x $height', async (viewport) => {
  await importContacts(
    site.server,
    Array.from({ length: 20 }, () => ({ queue })),
  );
  const page = await openPage(site.browser, `${site.server.url}/console/contact-search?size=25`, viewport);
  const last = page.locator('tbody tr').nth(15);
  await last.waitFor();
  await last.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  const share = await page.evaluate(() => {
    const heights = Array.from({ length: window.innerHeight }, (_, y) => y);
    const shown = heights.filter((y) => document.elementFromPoint(window.innerWidth / 2, y)?.closest('tbody'));
    return shown.length / window.innerHeight;
  });
  expect(share).toBeGreaterThanOrEqual(0.5);
  await expectNoSidewaysScroll(page);
  await page.context().close();
});

test('the transcript takes the focus of its button, and so does a recording that was deleted', async () => {
  const Recordings = [
    { StorageType: 'S3', Location: 'bucket/chat.json', MediaStreamType: 'CHAT', Status: 'AVAILABLE' },
  ];
  const [id = ''] = await importContacts(site.server, [{ more: { Recordings } }]);
  const said = { Transcript: [{ ParticipantRole: 'CUSTOMER', Content: 'Good day' }] };
  const path = `/contact-recordings/${InstanceId}/${id}/chat.json`;
  const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const put = await apiOf(site.server).send('PUT', path, Buffer.from(JSON.stringify(said)), unsigned);
  expect(put.status).toBe(200);
  const page = await openPage(site.browser, `${site.server.url}/console/contact-search/${id}`, widths[0].viewport);
  await page.getByRole('button', { name: 'Show transcript' }).click();
  await page.getByText('Good day').waitFor();
  expect(await focused(page)).toBe('Transcript');
  await page.getByText('The transcript has 1 utterance.').waitFor({ state: 'attached' });
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Delete chat.json' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Asked for');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('chat.json was deleted.').locator('visible=true').waitFor();
  await page.getByText(': Asked for').waitFor();
  await expect.poll(() => focused(page)).toBe('Transcript chat.json');
  await page.context().close();
});

test('of a deleted agent the filters, the audit and the sessions say that they are deleted, and what helps', async () => {
  const gone = await addUser(site.server, InstanceId, 'gone.agent', [profiles.Lead]);
  const { viewport } = widths[0];
  await (await openPage(site.browser, `${site.server.url}/console/`, viewport, gone)).context().close();
  await importContacts(site.server, [{ agent: { id: gone.id, username: gone.login } }]);
  await sureApi(site.server)('DeleteUser', { InstanceId, UserId: gone.id });
  const page = await openPage(site.browser, `${site.server.url}/console/login-logout`, viewport);
  await row(page, gone.login).getByText('deleted', { exact: true }).waitFor();
  expect(await row(page, gone.login).locator('[title^="Deleted "]').count()).toBe(1);

  await page.goto(`${site.server.url}/console/contact-search?agents=${gone.id}&range=1h&channel=TASK`);
  await page.getByText('None in the last hour does.').waitFor();
  await seen(page, `${gone.login} (deleted)`).waitFor();

  await page.goto(`${site.server.url}/console/agent-activity-audit`);
  await page.getByRole('button', { name: 'Agent Choose an agent' }).click();
  await page.getByPlaceholder('Find a login').fill(gone.login);
  await seen(page, 'Deleted agents are not offered: you need the permission').waitFor();
  await page.goto(`${site.server.url}/console/agent-activity-audit?agent=${gone.id}&day=2026-11-02&zone=UTC`);
  await page.getByText('This agent is no user here, or no more').waitFor();
  expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  await page.context().close();
});
