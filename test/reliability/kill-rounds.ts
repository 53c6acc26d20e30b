import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { loadUsers } from '../../bench/load-users.ts';
import { apiOf } from '../support/api.ts';
import { connectTo } from '../support/embedded-sql.ts';
import { type Random, randomOf } from '../support/random.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Acts, actsOf, type Start, type World } from './acts.ts';
import { addGiven, beginHistory, check } from './checker.ts';
import type { Act, Resource, Selection, Verb } from './history.ts';
import { openWorld } from './world.ts';

/**
 * Rounds of kill -9. In each, clients do random acts at the same time, until at some moment Cordboard, its PostgreSQL or
 * both are killed; it is started again, batches go on, and the checker compares the tables with what the clients were
 * told. The data folder and the history are those of all rounds: what was acknowledged in the first is still there
 * after the last.
 */
interface KillRounds {
  /** Answers what is wrong, each in a sentence. */
  round(): Promise<string[]>;
  summary(): string;
  close(): Promise<void>;
}

const victims = ['server', 'server', 'server', 'PostgreSQL', 'both'] as const;
const moments = ['anywhere', 'anywhere', 'at a lock', 'at COMMIT'] as const;
const clientCount = 5;
const usersInRound = 120;
/** Small, so that most batches have several ranges, and most kills meet one that is under way. */
const environment = { CORDBOARD_BATCH_RANGE_SIZE: '4', CORDBOARD_LOG_LEVEL: 'warn' };

/** As tests, one for each round, under the seed of this run. */
export function testKillRounds(count: number): void {
  let rounds: KillRounds;
  let faults: readonly string[] = [];
  beforeAll(async () => {
    rounds = await startKillRounds(randomOf('kill rounds'));
    return async () => {
      console.log(rounds.summary());
      await rounds.close();
    };
  });
  test.for(Array.from({ length: count }, (_, index) => index + 1))(
    'round %i of kill -9 loses nothing and doubles nothing',
    async (_, { skip }) => {
      // What is wrong once stays wrong in the same tables.
      if (faults.length > 0) skip();
      faults = await rounds.round();
      expect(faults).toEqual([]);
    },
  );
}

async function startKillRounds(random: Random): Promise<KillRounds> {
  let server = await startServer({ environment });
  const world = await withObserver(server, (client) =>
    openWorld(apiOf(server), client, () => beginHistory(client)),
  ).catch(async (error: unknown) => {
    await server.remove();
    throw error;
  });
  let call = apiOf(server);
  let ready = Promise.resolve();
  let settled = Promise.resolve();
  const stage = {
    disturbed: false,
    disturbances: 0,
    call: async () => {
      await ready;
      return call;
    },
  };
  const kills = { server: 0, PostgreSQL: 0, both: 0, 'while it starts': 0, 'at a lock': 0, 'at COMMIT': 0 };
  let rounds = 0;

  /** Kills, and brings back. Whoever begins an act meanwhile waits, unless the server itself lives on. */
  async function disturb(chance: Random, afterwards: () => Promise<unknown>): Promise<void> {
    // Each once at least, however few rounds there are.
    const victim = (['server', 'both', 'PostgreSQL'] as const)[rounds - 1] ?? chance.pick(victims);
    kills[victim] += 1;
    stage.disturbed = true;
    stage.disturbances += 1;
    const postmaster = postmasterOf(server.dataDir) ?? 0;
    if (victim !== 'server') process.kill(postmaster, 'SIGKILL');
    const back = victim === 'PostgreSQL' ? postgresIsBack(postmaster) : restart(chance, afterwards);
    if (victim !== 'PostgreSQL') ready = back;
    settled = back;
    await back;
    stage.disturbed = false;
  }

  async function restart(chance: Random, afterwards: () => Promise<unknown>): Promise<void> {
    await server.end('SIGKILL');
    await afterwards();
    const { dataDir } = server;
    if (chance.chance(0.15)) {
      kills['while it starts'] += 1;
      const wait = chance.below(700);
      const start = startServer({
        dataDir,
        environment,
        onSpawn: (child) => void delay(wait).then(() => child.kill('SIGKILL')),
      });
      // It may have become ready before: then it is killed a little later.
      await start.then(
        (started) => started.end('SIGKILL'),
        () => {},
      );
    }
    server = await startServer({ dataDir, environment });
    call = apiOf(server);
  }

  function postgresIsBack(killed: number): Promise<void> {
    return until(async () => {
      const now = postmasterOf(server.dataDir);
      return now !== null && now !== killed && (await fetch(`${server.url}/readyz`)).status === 200;
    });
  }

  async function round(): Promise<string[]> {
    rounds += 1;
    const chance = random.fork(`round ${rounds}`);
    const prefix = `r${rounds}-`;
    await withObserver(server, (client) => addUsers(client, world, prefix));

    let acts = 0;
    let over = false;
    const killAfter = 10 + chance.below(220);
    const goOnFor = 20 + chance.below(80);
    const act = async (name: string) => {
      const own = chance.fork(name);
      const perform = actsOf(world, stage);
      while (!over) {
        const done = await randomAct(own, world, perform, prefix);
        acts += 1;
        // A batch is soon done: whoever wants to steer it must be quick.
        if (done.intent.kind === 'START' && done.id && own.chance(0.5)) await perform.steer('Pause', done.id);
        if (done.outcome !== 'UNCLEAR') continue;
        await settled;
        await repeat(own, perform, done);
      }
    };
    const clients = Array.from({ length: clientCount }, (_, index) => act(`client ${index}`));

    await until(() => acts >= killAfter);
    const holder = await open(server);
    const moment = rounds <= 3 ? 'at COMMIT' : chance.pick(moments);
    const patience = acts + 40;
    let release = async () => {};
    if (moment === 'at COMMIT') {
      release = await holdCommits(holder, server.dataDir);
      const count = 1 + chance.below(clientCount);
      await until(async () => (await waiting(holder, 'SyncRep')) >= count);
    } else if (moment === 'at a lock' && (await holdOne(holder, chance, world, prefix))) {
      await until(async () => acts >= patience || (await waiting(holder, 'Lock')) > 0);
    }
    if (moment !== 'anywhere') kills[moment] += 1;
    await disturb(chance, release);
    await holder.end().catch(() => {});
    const enough = acts + goOnFor;
    await until(() => acts >= enough);
    over = true;
    await Promise.all(clients);

    return withObserver(server, async (client) => {
      await endBatches(client, chance, actsOf(world, stage));
      const faults = await check(client, world.history);
      return faults.length === 0 ? [] : [...faults, `The whole history is in ${keep(world)}.`];
    });
  }

  return {
    round,
    summary: () => {
      const of = (outcome: Act['outcome']) => world.history.acts.filter((done) => done.outcome === outcome).length;
      const killed = Object.entries(kills).map(([what, times]) => `${what} ${times}`);
      return (
        `${rounds} rounds: ${of('ACKNOWLEDGED')} acts acknowledged, ${of('REFUSED')} refused, ${of('UNCLEAR')} unclear; ` +
        `${world.batches.length} user batches; killed: ${killed.join(', ')}`
      );
    },
    close: () => server.remove(),
  };
}

/** Who gets no answer often asks again. */
async function repeat(random: Random, perform: Acts, { intent }: Act): Promise<void> {
  if (random.chance(0.3)) return;
  if (intent.kind === 'CREATE' && intent.resource === 'agent') {
    const [profile, routing] = [intent.state.profiles, intent.state.routing].map((list) => JSON.parse(list ?? '[]'));
    await perform.createUser(profile, routing[0], intent.name);
  }
  if (intent.kind === 'START' && intent.token !== null) {
    const { selection, quickConnects, token, expected } = intent;
    await perform.start({ selection, quickConnects, token, expected: expected ?? undefined });
  }
  if (intent.kind === 'RETRY') await perform.retry(intent.batch);
  if (intent.kind === 'STEER') await perform.steer(intent.verb, intent.batch);
}

async function randomAct(random: Random, world: World, perform: Acts, prefix: string): Promise<Act> {
  const { users, quickConnects, profiles, batches, gone } = world;
  const recent = <T>(list: readonly T[]) => list.slice(-150);
  const someone = () => {
    const living = recent(users).filter(({ id }) => !gone.has(id));
    return random.chance(0.9) && living.length > 0 ? random.pick(living).id : random.pick(users).id;
  };
  const profileIds = () => [
    ...new Set([world.agentProfileId, ...(profiles.length > 0 ? [random.pick(recent(profiles))] : [])]),
  ];
  const routing = () => random.pick(world.routingProfileIds);
  const batch = () => random.pick(batches.slice(-6));
  const steer = (verb: Verb) => () => perform.steer(verb, batch());
  const some = <T>(list: readonly T[], make: (item: T) => Promise<Act>) => {
    return list.length > 0 ? make(random.pick(recent(list))) : perform.updateIdentity(someone());
  };
  const tagged = (make: (resource: Resource, id: string) => Promise<Act>) => () => {
    const resource = random.pick(['agent', 'transfer-destination', 'security-profile'] as const);
    if (resource === 'agent') return make(resource, someone());
    return some(resource === 'transfer-destination' ? quickConnects : profiles, (id) => make(resource, id));
  };
  const weighed: [number, () => Promise<Act>][] = [
    [8, () => perform.createUser(profileIds(), routing())],
    [6, () => perform.updateIdentity(someone())],
    [4, () => perform.updatePhone(someone())],
    [3, () => perform.updateRouting(someone(), routing())],
    [3, () => perform.updateHierarchy(someone(), random.pick([null, ...world.hierarchyGroupIds]))],
    [4, () => perform.updateProfiles(someone(), profileIds())],
    [5, () => perform.deleteUser(someone())],
    [5, tagged((resource, id) => perform.tag(resource, id))],
    [3, tagged((resource, id) => perform.untag(resource, id))],
    [6, () => perform.createQuickConnect(random.chance(0.8) ? someone() : null)],
    [3, () => some(quickConnects, (id) => perform.renameQuickConnect(id))],
    [3, () => some(quickConnects, (id) => perform.pointQuickConnect(id, random.chance(0.7) ? someone() : null))],
    [3, () => some(quickConnects, (id) => perform.deleteQuickConnect(id))],
    [3, () => perform.createProfile()],
    [2, () => some(profiles, (id) => perform.updateProfile(id))],
    [2, () => some(profiles, (id) => perform.deleteProfile(id))],
    [12, () => perform.start(randomStart(random, world, prefix))],
  ];
  if (world.starts.length > 0) weighed.push([3, () => perform.start(again(random, world, prefix))]);
  if (batches.length > 0) {
    weighed.push([6, steer('Pause')], [6, steer('Resume')], [2, steer('Stop')], [3, steer('Dismiss')]);
    weighed.push([5, () => perform.retry(batch())]);
  }
  let left = random.below(weighed.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, make] of weighed) {
    left -= weight;
    if (left < 0) return make();
  }
  throw new Error('The weights do not add up.');
}

function randomSelection(random: Random, world: World, prefix: string): Selection {
  const count = 1 + random.below(random.chance(0.3) ? 60 : 12);
  const pool = world.users.slice(-2 * usersInRound);
  const chosen = Array.from({ length: count }, () => random.pick(random.chance(0.95) ? pool : world.users));
  const by = random.pick(['IDS', 'IDS', 'USERNAMES', 'PREFIX'] as const);
  // Seven digits, up to a million.
  if (by === 'PREFIX') return { by, prefix: `${prefix}0${random.below(10)}${random.pick(['', '', random.below(10)])}` };
  const unknown = random.chance(0.3);
  if (by === 'IDS') return { by, ids: [...chosen.map(({ id }) => id), ...(unknown ? [randomUUID()] : [])] };
  return { by, usernames: [...chosen.map(({ username }) => username), ...(unknown ? [`nobody-${randomUUID()}`] : [])] };
}

function randomStart(random: Random, world: World, prefix: string): Start {
  const selection = randomSelection(random, world, prefix);
  return {
    selection,
    quickConnects: random.pick(['DELETE', 'DELETE', 'KEEP']),
    // Of two searches that nobody answered, only the token tells whose batch is there.
    token: selection.by === 'PREFIX' || random.chance(0.6) ? randomUUID() : undefined,
    expected: random.chance(0.1) ? 3 : undefined,
  };
}

/** The same once more, or something else under the same token, which is refused unless the first was. */
function again(random: Random, world: World, prefix: string): Start {
  const earlier = random.pick(world.starts.slice(-10));
  return random.chance(0.7) ? earlier : { ...earlier, selection: randomSelection(random, world, prefix) };
}

async function addUsers(client: pg.Client, world: World, prefix: string): Promise<void> {
  const ids = new Set(await loadUsers(client, world.instanceId, usersInRound, prefix, { quickConnects: true }));
  const added = await addGiven(client, world.history, (resource, { id, name }) => {
    return resource === 'agent' ? ids.has(id) : name.startsWith(`${prefix} quick connect `);
  });
  for (const { resource, id, name } of added) {
    if (resource === 'agent') world.users.push({ id, username: name });
    else world.quickConnects.push(id);
  }
}

/** Locks one row that acts and ranges may want, so that one of them stands in the middle of its transaction. */
async function holdOne(client: pg.Client, random: Random, world: World, prefix: string): Promise<boolean> {
  const [what, key] = random.pick([
    ['users', 'username like $1'],
    ['users', 'username like $1'],
    ['quick_connect', 'name like $1'],
    ['user_batch', "status in ('QUEUED', 'IN_PROGRESS') and $1 <> ''"],
    ['user_batch_record', "status = 'PENDING' and $1 <> ''"],
    ['security_profile', `id = '${world.agentProfileId}' and $1 <> ''`],
  ] as const);
  const at = random.below(20);
  await client.query('begin');
  const { rowCount } = await client
    .query(`select 1 from ${what} where ${key} offset ${at} limit 1 for update skip locked`, [`${prefix}%`])
    .catch(() => ({ rowCount: 0 }));
  return rowCount === 1;
}

/**
 * From here on each COMMIT is stored, but waits for a standby that there is not before it is answered: whoever is killed
 * now has done something and cannot tell. Lasts until PostgreSQL starts again, or until what this answers is called.
 */
async function holdCommits(client: pg.Client, dataDir: string): Promise<() => Promise<void>> {
  const settings = join(dataDir, 'pgdata', 'postgresql.auto.conf');
  await client.query("alter system set synchronous_standby_names = 'nobody'");
  await client.query('select pg_reload_conf()');
  await until(async () => (await waiting(client, 'SyncRep')) > 0);
  rmSync(settings);
  return async () => {
    // Fails where PostgreSQL was killed too, which then has forgotten it.
    await client.query('select pg_reload_conf()').catch(() => {});
  };
}

/** Sessions that wait for such a thing. */
async function waiting(client: pg.Client, what: 'Lock' | 'SyncRep'): Promise<number> {
  const { rowCount } = await client.query('select 1 from pg_stat_activity where $1 in (wait_event_type, wait_event)', [
    what,
  ]);
  return rowCount ?? 0;
}

/** Paused batches are resumed or stopped, but for a few, which must still be paused in the rounds to come. */
async function endBatches(client: pg.Client, random: Random, perform: Acts): Promise<void> {
  const { rows } = await client.query<{ id: string }>("select id from user_batch where status = 'PAUSED' order by id");
  for (const [index, { id }] of rows.entries()) {
    if (index < 3 && random.chance(0.3)) continue;
    await perform.steer(random.chance(0.8) ? 'Resume' : 'Stop', id);
  }
  await until(async () => {
    const running = await client.query("select 1 from user_batch where status in ('QUEUED', 'IN_PROGRESS') limit 1");
    return running.rowCount === 0;
  });
}

/** Asks until it is so. Its only clock is the test's own limit. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(1);
}

function keep({ history }: World): string {
  const path = join(tmpdir(), `cordboard-history-${process.pid}.json`);
  writeFileSync(path, JSON.stringify(history.acts, null, 1));
  return path;
}

async function open({ dataDir }: TestServer): Promise<pg.Client> {
  const client = await connectTo(dataDir);
  client.on('error', () => {});
  return client;
}

async function withObserver<T>(server: TestServer, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await open(server);
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function postmasterOf(dataDir: string): number | null {
  try {
    return Number(readFileSync(join(dataDir, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0]) || null;
  } catch {
    return null;
  }
}
