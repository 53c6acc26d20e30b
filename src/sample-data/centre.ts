import { firstNames, lastNames } from './names.ts';
import { numbers } from './numbers.ts';

/**
 * A believable contact centre as plain data: an insurer with six sites in three countries. Made by the same seed every
 * time, so that what one person sees another can find.
 */
export interface SampleCentre {
  readonly levels: readonly string[];
  readonly groups: readonly SampleGroup[];
  readonly queues: readonly SampleQueue[];
  readonly routingProfiles: readonly SampleRoutingProfile[];
  readonly users: readonly SampleUser[];
  readonly quickConnects: readonly SampleQuickConnect[];
}

export interface SampleGroup {
  /** The names from the top down; the last is the group's own. */
  readonly path: readonly string[];
}

export interface SampleQueue {
  readonly name: string;
  /** The only one whose contacts come to it. */
  readonly channel: 'VOICE' | 'CHAT' | 'TASK';
  readonly description: string;
}

export interface SampleRoutingProfile {
  readonly name: string;
  readonly description: string;
  readonly channels: Readonly<Partial<Record<'VOICE' | 'CHAT' | 'TASK', number>>>;
  /** Names of queues in order of priority; the first is the default outbound queue. */
  readonly queues: readonly string[];
}

export interface SampleUser {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly routingProfile: string;
  readonly securityProfiles: readonly string[];
  readonly group: readonly string[] | null;
  readonly deskPhoneNumber: string | null;
  readonly autoAccept: boolean;
  readonly afterContactWorkTimeLimit: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Somebody who has left: made and deleted again, so that some quick connects are orphans with a history. */
  readonly left: boolean;
}

export interface SampleQuickConnect {
  readonly name: string;
  readonly description: string;
  readonly destination:
    | { readonly type: 'USER'; readonly username: string }
    | { readonly type: 'QUEUE'; readonly queue: string }
    | { readonly type: 'PHONE_NUMBER'; readonly phoneNumber: string };
  readonly queues: readonly string[];
}

const userCount = 1200;
const quickConnectCount = 150;
/** People who have left, and whose history stays; of the first of them quick connects have stayed, too. */
const leaverCount = 30;
const orphanCount = 7;

const countries: readonly { name: string; code: string; sites: readonly [string, string] }[] = [
  { name: 'Ireland', code: '+3531', sites: ['Dublin', 'Cork'] },
  { name: 'Poland', code: '+4822', sites: ['Kraków', 'Gdańsk'] },
  { name: 'United States', code: '+1206', sites: ['Seattle', 'Tulsa'] },
];

interface Department {
  readonly name: string;
  readonly areas: readonly [string, string];
  readonly profiles: readonly [string, string];
}

const departments: readonly Department[] = [
  { name: 'Claims', areas: ['Motor', 'Home'], profiles: ['Claims voice', 'Claims blended'] },
  { name: 'Customer service', areas: ['Policies', 'Billing'], profiles: ['Service voice', 'Service blended'] },
  { name: 'Sales', areas: ['New business', 'Renewals'], profiles: ['Sales', 'Retention'] },
];

const queues: readonly SampleQueue[] = [
  { name: 'Motor claims', channel: 'VOICE', description: 'First notice of loss and open motor claims' },
  { name: 'Home claims', channel: 'VOICE', description: 'Water, fire, storm and theft' },
  { name: 'Claims urgent', channel: 'VOICE', description: 'People who are not safe or cannot move their car' },
  { name: 'Policies', channel: 'VOICE', description: 'Questions about cover and documents' },
  { name: 'Billing', channel: 'VOICE', description: 'Payments, reminders and refunds' },
  { name: 'Complaints', channel: 'VOICE', description: 'Complaints, answered within two working days' },
  { name: 'New business', channel: 'VOICE', description: 'Quotes and first policies' },
  { name: 'Renewals', channel: 'VOICE', description: 'Policies that end within eight weeks' },
  { name: 'Cancellations', channel: 'VOICE', description: 'People who want to leave' },
  { name: 'Web chat', channel: 'CHAT', description: 'Chats from the website and the app' },
  { name: 'Back office', channel: 'TASK', description: 'Tasks: letters, forms and checks' },
];

const routingProfiles: readonly SampleRoutingProfile[] = [
  {
    name: 'Claims voice',
    description: 'Claims by telephone',
    channels: { VOICE: 1 },
    queues: ['Motor claims', 'Home claims', 'Claims urgent'],
  },
  {
    name: 'Claims blended',
    description: 'Claims by telephone and as tasks',
    channels: { VOICE: 1, TASK: 4 },
    queues: ['Motor claims', 'Home claims', 'Claims urgent', 'Back office'],
  },
  {
    name: 'Service voice',
    description: 'Customer service by telephone',
    channels: { VOICE: 1 },
    queues: ['Policies', 'Billing', 'Complaints'],
  },
  {
    name: 'Service blended',
    description: 'Customer service by telephone and chat',
    channels: { VOICE: 1, CHAT: 3 },
    queues: ['Policies', 'Billing', 'Web chat'],
  },
  {
    name: 'Sales',
    description: 'New policies by telephone and chat',
    channels: { VOICE: 1, CHAT: 2 },
    queues: ['New business', 'Web chat'],
  },
  {
    name: 'Retention',
    description: 'Renewals and cancellations',
    channels: { VOICE: 1 },
    queues: ['Renewals', 'Cancellations'],
  },
  {
    name: 'Supervisors',
    description: 'Escalations of every queue',
    channels: { VOICE: 1 },
    queues: ['Complaints', 'Claims urgent'],
  },
];

export function sampleCentre(): SampleCentre {
  const next = numbers(20_261_123);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  const teams = allTeams();
  const users = [...peopleOf(teams, pick, next)];
  return {
    levels: ['Country', 'Site', 'Department', 'Area', 'Team'],
    groups: groupsAbove(teams),
    queues,
    routingProfiles,
    users,
    quickConnects: quickConnectsFor(users, pick),
  };
}

interface Team {
  readonly path: readonly string[];
  readonly department: Department;
  readonly phonePrefix: string;
}

function allTeams(): Team[] {
  return countries.flatMap(({ name: country, code, sites }) =>
    sites.flatMap((site) =>
      departments.flatMap((department) =>
        department.areas.flatMap((area) =>
          ['A', 'B'].map((letter) => ({
            path: [country, site, department.name, area, `${site} ${area} ${letter}`],
            department,
            phonePrefix: code,
          })),
        ),
      ),
    ),
  );
}

/** Every group from the countries down to the teams, parents first. */
function groupsAbove(teams: readonly Team[]): SampleGroup[] {
  const paths = new Map<string, readonly string[]>();
  for (let level = 1; level <= 5; level += 1) {
    for (const { path } of teams) paths.set(path.slice(0, level).join('/'), path.slice(0, level));
  }
  return [...paths.values()].map((path) => ({ path }));
}

function* peopleOf(
  teams: readonly Team[],
  pick: <T>(values: readonly T[]) => T,
  next: () => number,
): Generator<SampleUser> {
  const taken = new Map<string, number>();
  for (let index = 0; index < userCount + leaverCount; index += 1) {
    const team = teams[index % teams.length] as Team;
    const firstName = pick(firstNames);
    const lastName = pick(lastNames);
    const leads = index < teams.length;
    const office = !leads && index < teams.length + 18;
    const blended = next() < 0.4;
    const username = uniqueLogin(firstName, lastName, taken);
    yield {
      username,
      firstName,
      lastName,
      email: `${username}@example.com`,
      routingProfile: leads ? 'Supervisors' : (team.department.profiles[blended ? 1 : 0] as string),
      securityProfiles: leads
        ? ['Agent', 'CallCenterManager']
        : office
          ? [index % 6 === 0 ? 'Admin' : 'QualityAnalyst']
          : ['Agent'],
      // Leads stand over both teams of an area, office staff over a department.
      group: leads ? team.path.slice(0, 4) : office ? team.path.slice(0, 3) : team.path,
      deskPhoneNumber: next() < 0.06 ? `${team.phonePrefix}555${String(1000 + index).slice(-4)}` : null,
      autoAccept: next() < 0.25,
      afterContactWorkTimeLimit: pick([0, 30, 60, 60, 120]),
      tags: {
        Site: team.path[1] as string,
        ...(next() < 0.3 ? { Contract: pick(['Permanent', 'Temporary', 'Agency']) } : {}),
      },
      left: index >= userCount,
    };
  }
}

/** `jose.garcia`, and `jose.garcia2` for the next of the name. */
function uniqueLogin(firstName: string, lastName: string, taken: Map<string, number>): string {
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replace(/\p{M}|'/gu, '')
      .toLowerCase()
      .replaceAll('ø', 'o')
      .replaceAll('ł', 'l')
      .replaceAll('ı', 'i');
  const base = `${plain(firstName)}.${plain(lastName)}`;
  const count = (taken.get(base) ?? 0) + 1;
  taken.set(base, count);
  return count === 1 ? base : `${base}${count}`;
}

const outside = [
  'Breakdown service',
  'Tow partner north',
  'Tow partner south',
  'Glass repair',
  'Loss adjusters',
  'Legal help line',
  'Translation service',
  'Fraud desk',
  'Police report line',
  'Hospital liaison',
  'Bank switchboard',
  'Courier desk',
  'Car rental partner',
  'Emergency plumber',
  'Emergency electrician',
  'Locksmith',
  'Roofing partner',
  'Drying service',
  'Temporary housing',
  'Vet help line',
  'Travel assistance',
  'Medical second opinion',
  'Broker desk',
  'Reinsurance desk',
  'Data protection officer',
  'Press office',
  'Facilities',
  'IT help desk',
  'Payroll',
  'Human resources',
] as const;

function quickConnectsFor(users: readonly SampleUser[], pick: <T>(values: readonly T[]) => T): SampleQuickConnect[] {
  const toQueues = queues.map(
    ({ name }): SampleQuickConnect => ({
      name,
      description: `Transfer to the queue ${name}`,
      destination: { type: 'QUEUE', queue: name },
      queues: queues.filter((queue) => queue.name !== name).map((queue) => queue.name),
    }),
  );
  const toNumbers = outside.map(
    (name, index): SampleQuickConnect => ({
      name,
      description: 'Outside number',
      destination: { type: 'PHONE_NUMBER', phoneNumber: `+1206555${String(2000 + index)}` },
      queues: [pick(queues).name],
    }),
  );
  const living = users.filter((user) => !user.left);
  const wanted = quickConnectCount - toQueues.length - toNumbers.length - orphanCount;
  // The leads, who take escalations, and then every few agents.
  const known = [...living.slice(0, 60), ...living.slice(200).filter((_, index) => index % 17 === 0)].slice(0, wanted);
  const toUsers = [...known, ...users.filter((user) => user.left).slice(0, orphanCount)].map(
    (user): SampleQuickConnect => ({
      name: `${user.firstName} ${user.lastName} (${user.username})`,
      description: `Transfer to ${user.firstName} ${user.lastName}`,
      destination: { type: 'USER', username: user.username },
      queues: [...new Set([pick(queues).name, pick(queues).name])],
    }),
  );
  return [...toQueues, ...toNumbers, ...toUsers];
}
