import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { agentStream } from '../support/agent-events.ts';
import { apiOf } from '../support/api.ts';
import { websiteForFile } from '../support/website.ts';
import { expectAccessible, expectNoSidewaysScroll, openPage, widths } from './console-page.ts';
import { addUser, instanceOf, type Person, sureApi } from './console-people.ts';
import { importContacts, originOf } from './contact-history.ts';

/*
 * What the website tells of a closed day, before and after those of whom it tells are deleted with its own dialog: to the
 * administrator, and to team leads limited by tag and by hierarchy.
 */

const site = websiteForFile({}, false);
const day = 86_400_000;
/** The day before yesterday, which is closed whatever the time is now. */
const closed = new Date(Math.floor(Date.now() / day) * day - 2 * day);
const closedDay = closed.toISOString().slice(0, 10);
const range = `${closedDay}T00:00Z_${new Date(closed.getTime() + day).toISOString().slice(0, 10)}T00:00Z`;
const queue = { id: '11111111-2222-4333-8444-555555555555', name: 'Walk queue' };
const profile = { id: '11111111-2222-4333-8444-666666666666', name: 'Tier 1' };
const at = (path: string) => `${site.server.url}/console/${path}`;

let InstanceId: string;
let people: Record<'blue' | 'red' | 'stays', Person>;
let contacts: Record<'blue' | 'red' | 'stays', string>;
const readers: Record<string, Person | undefined> = { administrator: undefined };

/** Two seconds of a tone, 8 kHz. */
function tone(): Buffer {
  const samples = Buffer.from(Array.from({ length: 16_000 }, (_, at) => 128 + Math.round(60 * Math.sin(at / 3))));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

beforeAll(async () => {
  InstanceId = await instanceOf(site.server);
  const api = sureApi(site.server);
  await api('UpdateUserHierarchyStructure', { InstanceId, HierarchyStructure: { LevelOne: { Name: 'Region' } } });
  const { HierarchyGroupId = '' } = await api('CreateUserHierarchyGroup', { InstanceId, Name: 'EMEA' });
  const group = { id: HierarchyGroupId, name: 'EMEA' };
  const Permissions = [
    ...['ContactSearch.View', 'ContactAttributes.View', 'CallRecordings.Unredacted.Access', 'AccessMetrics'],
    ...['AgentTimeCard.View', 'Users.View'],
  ];
  const { SecurityProfileSummaryList } = await api('ListSecurityProfiles', { InstanceId });
  const agentProfile = SecurityProfileSummaryList.find(({ Name }) => Name === 'Agent')?.Id ?? '';
  for (const [name, limits] of [
    ['lead.tag', { AllowedAccessControlTags: { Team: 'Blue' }, TagRestrictedResources: ['User'] }],
    [
      'lead.hierarchy',
      { AllowedAccessControlHierarchyGroupId: HierarchyGroupId, HierarchyRestrictedResources: ['User'] },
    ],
  ] as const) {
    const made = await api('CreateSecurityProfile', {
      InstanceId,
      SecurityProfileName: `Of ${name.replace('.', ' ')}`,
      Permissions,
      ...limits,
    } as Parameters<typeof api<'CreateSecurityProfile'>>[1]);
    readers[name] = await addUser(site.server, InstanceId, name, [made.SecurityProfileId ?? '']);
  }

  const instance = await originOf(site.server);
  const made = {} as typeof people;
  const told = {} as typeof contacts;
  const events: string[] = [];
  for (const [index, name] of (['blue', 'red', 'stays'] as const).entries()) {
    const person = await addUser(site.server, InstanceId, `walk.${name}`, [agentProfile]);
    made[name] = person;
    const isOurs = name !== 'red';
    if (isOurs) {
      const { User } = await api('DescribeUser', { InstanceId, UserId: person.id });
      await api('TagResource', { resourceArn: User?.Arn ?? '', tags: { Team: 'Blue' } });
      await api('UpdateUserHierarchy', { InstanceId, UserId: person.id, HierarchyGroupId });
    }
    const agent = {
      id: person.id,
      username: person.login,
      firstName: 'Test',
      lastName: 'Person',
      routingProfile: profile,
      groups: isOurs ? [group] : [],
    };
    const start = new Date(closed.getTime() + (8 + index) * 3_600_000);
    const Recordings = [
      { StorageType: 'S3', Location: 'bucket/call.wav', MediaStreamType: 'AUDIO', Status: 'AVAILABLE' },
    ];
    const talk = 60 + index * 30;
    const [contactId = ''] = await importContacts(site.server, [
      { agent, queue, talk, start, more: { Recordings, Attributes: { Language: 'de' }, Tags: { Case: name } } },
    ]);
    told[name] = contactId;
    const contact = { contactId, queue };
    events.push(
      ...agentStream(instance, agent, new Date(start.getTime() - 600_000), [
        { at: 0, type: 'LOGIN' },
        { at: 1000, status: 'Available' },
        { at: 605_000, contact: { ...contact, state: 'CONNECTING' } },
        { at: 615_000, contact: { ...contact, state: 'CONNECTED' } },
        { at: 615_000 + talk * 1000, contact: { ...contact, state: 'ENDED' } },
        { at: 635_000 + talk * 1000, contact: { contactId, state: null } },
        { at: 1_200_000, status: 'Lunch' },
        { at: 3_000_000, status: 'Offline' },
        { at: 3_001_000, type: 'LOGOUT' },
      ]),
    );
    const put = await apiOf(site.server).send(
      'PUT',
      `/contact-recordings/${InstanceId}/${contactId}/call.wav`,
      tone(),
      {
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      },
    );
    expect(put.status).toBe(200);
  }
  people = made;
  contacts = told;
  expect(await api('ImportAgentEvents', { InstanceId, Records: events })).toMatchObject({ NewCount: events.length });
});

/** What is to be there when a place has loaded, and by whom it is read, if not by all. */
interface Place {
  readonly path: () => string;
  readonly shows: () => string;
}
const report = (name: string, shows: () => string): Place => ({
  path: () => `historical-metrics/${name}?range=${closedDay}..${closedDay}&zone=UTC`,
  shows,
});
const places: Readonly<Record<string, Place>> = {
  'Contact search': { path: () => `contact-search?range=${range}`, shows: () => contacts.blue },
  'Contact details': { path: () => `contact-search/${contacts.blue}`, shows: () => 'Recording and transcript' },
  'Agent performance': report('agent-performance', () => people.blue.login),
  'Contact metrics': report('contact-metrics', () => queue.name),
  'Agent metrics': report('agent-metrics', () => queue.name),
  'Agent activity audit': {
    path: () => `agent-activity-audit?agent=${people.stays.id}&day=${closedDay}&zone=UTC`,
    shows: () => 'Lunch',
  },
  'Login/Logout report': { path: () => `login-logout?range=${range}&zone=UTC`, shows: () => people.blue.login },
};

/** What the page says, without the marks of a deletion. */
async function said(page: Page): Promise<string[]> {
  // The names of what is chosen come on their own.
  await page.locator('.page').getByText('…', { exact: true }).first().waitFor({ state: 'detached' });
  return (await page.locator('.page').innerText())
    .split('\n')
    .filter((line) => !/ was deleted |at the time of the contact\.$/.test(line))
    .map((line) => line.replaceAll(/\s*\bdeleted\b/g, '').trim())
    .filter((line) => line !== '');
}

const marks = (page: Page) => page.locator('.page').getByText('deleted', { exact: true });

/** The recording plays when its player is told to with the keyboard. */
async function expectToPlay(page: Page): Promise<void> {
  const player = page.locator('audio');
  await player.focus();
  await page.keyboard.press('Space');
  const state = () => player.evaluate(({ currentTime, error }: HTMLAudioElement) => error?.message ?? currentTime > 0);
  await expect.poll(state, { timeout: 30_000 }).toBe(true);
  expect(await player.evaluate(({ duration }: HTMLAudioElement) => duration)).toBeCloseTo(2);
}

/** Whom the audit's drop-down offers of the three. */
async function offered(page: Page): Promise<string[]> {
  await page.goto(at('agent-activity-audit'));
  await page.getByRole('button', { name: 'Agent Choose an agent' }).click();
  await page.getByPlaceholder('Find a login').fill('walk.');
  const options = page.getByRole('option').filter({ hasText: 'walk.' });
  await options.filter({ hasText: people.stays.login }).waitFor();
  const texts = await options.allInnerTexts();
  return Object.values(people).flatMap(({ login }) => (texts.some((text) => text.includes(login)) ? [login] : []));
}

/** Every place as somebody sees it at both widths. */
async function walk(user: Person | undefined, when: 'BEFORE' | 'AFTER') {
  const page = await openPage(site.browser, at(''), widths[0].viewport, user);
  const found: Record<string, string[]> = {};
  for (const [place, { path, shows }] of Object.entries(places)) {
    await page.setViewportSize(widths[0].viewport);
    await page.goto(at(path()));
    await page.locator('.page').getByText(shows()).first().waitFor();
    if (place === 'Contact details') await expectToPlay(page);
    for (const { name, viewport } of widths) {
      await page.setViewportSize(viewport);
      // The page hears of its new width before the next frame.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await page.locator('.page').getByText(shows()).locator('visible=true').first().waitFor();
      const lines = await said(page);
      expect(lines.join('\n')).toContain(shows());
      // Those of the other team are the administrator's alone.
      const others = lines.filter((line) => line.includes(people.red.login)).length;
      if (user) expect(others, `${place} of ${user.login}`).toBe(0);
      else if (shows() === people.blue.login) expect(others, place).toBeGreaterThan(0);
      found[`${place}, ${name}`] = lines;
      await expectNoSidewaysScroll(page);
      // What a lead sees is a part of what the administrator sees.
      if (!user) await expectAccessible(page);
      const isMarked = when === 'AFTER' && /search|details|performance|Login/.test(place);
      expect((await marks(page).count()) > 0, `${place} is marked`).toBe(isMarked);
    }
  }
  await page.setViewportSize(widths[0].viewport);
  return { page, found, offers: await offered(page) };
}

async function everybody(when: 'BEFORE' | 'AFTER') {
  const all = await Promise.all(
    Object.entries(readers).map(async ([name, user]) => [name, await walk(user, when)] as const),
  );
  return Object.fromEntries(all);
}

const linesOf = (text: string) => text.slice(1).trimEnd().split('\r\n');

test('a deletion with the dialog leaves every place as it was, but for the marks, and the audit’s drop-down', async () => {
  const before = await everybody('BEFORE');
  const { blue, red, stays } = people;
  expect(before.administrator?.offers).toEqual([blue.login, red.login, stays.login]);
  for (const lead of ['lead.tag', 'lead.hierarchy']) expect(before[lead]?.offers).toEqual([blue.login, stays.login]);
  for (const { page } of Object.values(before)) await page.context().close();

  const page = await openPage(site.browser, at('users?q=walk'), widths[0].viewport);
  for (const { login } of [blue, red]) await page.getByRole('checkbox', { name: `Select ${login}` }).check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save their agent activity audit before' }).click();
  const days = dialog.getByLabel('Days until now');
  expect(await days.inputValue()).toBe('30');
  const file = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^agent-activity-\d{4}-\d\d-\d\d\.csv$/);
    return linesOf(readFileSync(await download.path(), 'utf8'));
  };
  const [header, ...lines] = await file();
  expect(header).toMatch(/^Agent,Start,End,Duration,Status/);
  for (const { login, id } of [blue, red]) {
    const own = lines.filter((line) => line.startsWith(`${login},`) && line.endsWith(id));
    // The calls are of a minute, and of a minute and a half.
    expect(own.find((line) => line.includes('Connected'))).toContain(login === blue.login ? ',60,' : ',90,');
    expect(own.find((line) => line.includes('Lunch'))).toContain(',1800,');
  }
  expect(lines.filter((line) => line.startsWith(stays.login))).toEqual([]);
  await days.fill('1');
  // Of the last day there is only that they are offline still.
  const short = await file();
  expect(short.slice(1).map((line) => line.split(',')[0])).toEqual(expect.arrayContaining([blue.login, red.login]));
  expect(short.filter((line) => /Lunch|Connected/.test(line))).toEqual([]);
  for (const none of ['0', '91', '']) {
    await days.fill(none);
    await dialog.getByText('Enter a number of days from 1 to 90.').first().waitFor();
  }
  await days.fill('90');
  expect((await file()).sort()).toEqual([header, ...lines].sort());
  await dialog.getByRole('button', { name: 'Delete 2 users' }).click();
  await page.getByText('2 users were deleted').locator('visible=true').first().waitFor();
  await page.context().close();

  const after = await everybody('AFTER');
  for (const [name, { found, offers }] of Object.entries(after)) {
    expect(found, name).toEqual(before[name]?.found);
    expect(offers, name).toEqual([stays.login]);
  }
  // With when and by whom, for who may know that.
  for (const [name, { page: seen }] of Object.entries(after)) {
    await seen.goto(at(`contact-search/${contacts.blue}`));
    const told = seen.getByText(`${blue.login} was deleted`);
    await told.waitFor();
    expect(await told.innerText(), name).toMatch(/was deleted .*\d\d:\d\d/);
    expect((await told.innerText()).includes('by admin'), name).toBe(name === 'administrator');
    for (const path of [`contact-search?range=${range}`, `login-logout?range=${range}&zone=UTC`]) {
      await seen.goto(at(path));
      await marks(seen).first().waitFor();
      const title = await seen.locator('.page [title^="Deleted "]').first().getAttribute('title');
      expect(title?.includes('by admin'), `${path} of ${name}`).toBe(name === 'administrator');
    }
    await seen.goto(at(`agent-activity-audit?agent=${blue.id}&day=${closedDay}&zone=UTC`));
    await seen.getByText('This agent is no user here, or no more').waitFor();
    await seen.context().close();
  }
});
