import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadUsers } from '../../bench/load-users.ts';
import { runRange } from '../../src/features/user-batches/run-range.ts';
import { type Api, apiOf } from '../support/api.ts';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';
import { actsOf, type World } from './acts.ts';
import { addGiven, beginHistory, check } from './checker.ts';
import type { Act, History } from './history.ts';
import { openWorld } from './world.ts';

/**
 * A history in which everything went well, and then one fault at a time in the tables or in what was answered: the
 * checker finds nothing in the first, and each of the others.
 */
let server: LiveServer;
let client: pg.Client;
let world: World;

/** Whom and what the faults are planted at. */
const at = {
  kept: '',
  updated: '',
  unclearUpdate: '',
  unclearMade: '',
  single: '',
  refused: '',
  batch: '',
  retry: '',
  keeping: '',
  searching: '',
  paused: '',
  stopped: '',
  unclearBatch: '',
  /** Deleted by `batch` with their quick connects. */
  inBatch: '',
  inKeeping: '',
};

beforeAll(async () => {
  server = await startLiveServer();
  client = new pg.Client(server.database.connection);
  await client.connect();
  const call = apiOf(server);
  world = await openWorld(call, client, () => beginHistory(client));
  await goWell(call);
});
afterAll(async () => {
  await client.end();
  await server.close();
});

async function goWell(call: Api): Promise<void> {
  const { history, instanceId, agentProfileId, routingProfileIds, hierarchyGroupIds } = world;
  const acts = actsOf(world, { disturbed: false, disturbances: 0, call: async () => call });
  const idOf = ({ id, answer }: Act) => {
    if (id === null) throw new Error(answer);
    return id;
  };
  const [routing = '', otherRouting = ''] = routingProfileIds;
  const log = { warn: () => {}, error: () => {} };
  const range = (rangeSize: number) => runRange({ db: server.database.db, rangeSize, log });
  const work = async () => {
    while ((await range(3)) !== 'NOTHING');
  };
  /** It was done, but whoever asked for it never heard. */
  const unheard = (done: Act): Act => {
    const changed: Act = {
      ...done,
      outcome: 'UNCLEAR',
      answer: 'ECONNRESET',
      requestId: null,
      id: null,
      disturbed: true,
    };
    history.acts[history.acts.indexOf(done)] = changed;
    return changed;
  };

  const given = await loadUsers(client, instanceId, 20, 'given-', { quickConnects: true });
  const added = await addGiven(client, history, (resource, { id, name }) => {
    return resource === 'agent' ? given.includes(id) : name.startsWith('given- quick connect');
  });
  const nameOf = (id: string | undefined) => added.find((one) => one.id === id)?.name ?? '';
  const some = (from: number, to: number) => given.slice(from, to);

  const profile = idOf(await acts.createProfile());
  await acts.updateProfile(profile);
  await acts.tag('security-profile', profile);
  at.kept = idOf(await acts.createUser([agentProfileId, profile], routing, 'kept'));
  await acts.createUser([agentProfileId], routing, 'kept');
  at.updated = idOf(await acts.createUser([agentProfileId], routing));
  await acts.updateIdentity(at.updated);
  await acts.updateIdentity(at.updated);
  await acts.updatePhone(at.updated);
  await acts.updateRouting(at.updated, otherRouting);
  await acts.updateHierarchy(at.updated, hierarchyGroupIds[0] ?? null);
  await acts.updateProfiles(at.updated, [agentProfileId, profile]);
  await acts.tag('agent', at.updated);
  await acts.tag('agent', at.updated);
  at.unclearUpdate = idOf(await acts.createUser([agentProfileId], routing));
  unheard(await acts.updateIdentity(at.unclearUpdate));
  // Another that was never done: the phone stays as it began.
  const phone = unheard(await acts.updatePhone(randomUUID()));
  history.acts[history.acts.indexOf(phone)] = { ...phone, intent: { ...phone.intent, id: at.unclearUpdate } as never };
  at.unclearMade = idOf(await acts.createUser([agentProfileId], routing, 'unclear'));
  unheard(history.acts.at(-1) as Act);
  at.single = idOf(await acts.createUser([agentProfileId], routing));
  await acts.untag('agent', at.single);
  await acts.createQuickConnect(at.single);
  await acts.deleteUser(at.single);
  await acts.deleteUser(at.single);
  at.refused = history.acts.at(-1)?.requestId ?? '';
  const quickConnect = idOf(await acts.createQuickConnect(at.kept));
  await acts.renameQuickConnect(quickConnect);
  await acts.pointQuickConnect(quickConnect, at.updated);
  await acts.deleteQuickConnect(idOf(await acts.createQuickConnect(null)));
  await acts.deleteProfile(idOf(await acts.createProfile()));
  await acts.deleteProfile(profile);

  const token = randomUUID();
  const selection = { by: 'IDS', ids: [...some(0, 5), randomUUID(), ...some(0, 2)] } as const;
  at.inBatch = given[1] ?? '';
  at.batch = idOf(await acts.start({ selection, quickConnects: 'DELETE', token }));
  await acts.start({ selection, quickConnects: 'DELETE', token });
  await acts.start({ selection: { by: 'IDS', ids: some(5, 6) }, token });
  await acts.start({ selection, expected: 2 });
  await work();
  at.retry = idOf(await acts.retry(at.batch));
  await acts.retry(at.batch);
  await acts.steer('Dismiss', at.batch);
  at.inKeeping = given[6] ?? '';
  const usernames = [...some(5, 8).map(nameOf), 'nobody-at-all', 'kept'].slice(0, 4);
  at.keeping = idOf(await acts.start({ selection: { by: 'USERNAMES', usernames }, quickConnects: 'KEEP' }));
  await acts.steer('Pause', at.keeping);
  await acts.steer('Resume', at.keeping);
  await work();
  at.unclearBatch = idOf(await acts.start({ selection: { by: 'IDS', ids: some(8, 10) }, token: randomUUID() }));
  unheard(history.acts.at(-1) as Act);
  await work();
  at.stopped = idOf(await acts.start({ selection: { by: 'IDS', ids: some(10, 14) }, quickConnects: 'DELETE' }));
  await range(2);
  await acts.steer('Stop', at.stopped);
  await acts.steer('Resume', at.stopped);
  const prefix = { by: 'PREFIX', prefix: 'given-' } as const;
  at.searching = idOf(await acts.start({ selection: prefix, quickConnects: 'DELETE', token: randomUUID() }));
  await range(2);
  await acts.steer('Stop', at.searching);
  at.paused = idOf(await acts.start({ selection: { by: 'IDS', ids: some(16, 20) } }));
  await acts.steer('Pause', at.paused);
}

test('nothing is found where everything went well, and all kinds of acts are in it', async () => {
  expect(await check(client, world.history)).toEqual([]);
  const outcomes = new Set(world.history.acts.map(({ operation, outcome }) => `${operation} ${outcome}`));
  expect(outcomes.size).toBeGreaterThan(25);
  const { rows } = await client.query('select status, count(*)::int from user_batch group by 1 order by 1');
  expect(rows).toEqual([
    { status: 'COMPLETED', count: 1 },
    { status: 'COMPLETED_WITH_FAILURES', count: 3 },
    { status: 'PAUSED', count: 1 },
    { status: 'STOPPED', count: 2 },
  ]);
});

/** `$1` in the SQL is what `where` names. */
const inTables: readonly [name: string, finding: RegExp, where: keyof typeof at, ...statements: string[]][] = [
  ['an acknowledged user is lost', /Gone, but nobody deleted it/, 'kept', 'delete from users where id = $1'],
  [
    'an acknowledged change is lost',
    /The phone of agent .* must be/,
    'updated',
    "update users set desk_phone_number = '+15550000000' where id = $1",
  ],
  [
    'a write is there by half',
    /The identity of agent .* must be/,
    'updated',
    "update users set last_name = 'Last1' where id = $1",
  ],
  [
    'an older write is back',
    /The marks of agent .* must be/,
    'updated',
    `update users set tags = tags || jsonb_build_object('Mark', b ->> 'Mark', 'Twin', b ->> 'Twin')
      from (select details #> '{Changes,Tags,Old}' as b from audit_entry where operation = 'TagResource' and resource_type = 'agent'
        and details #>> '{Changes,Tags,Old,Mark}' is not null order by time desc limit 1) e where id = $1`,
  ],
  [
    'an assignment is lost',
    /The profiles of agent .* must be/,
    'updated',
    'delete from user_security_profile where user_id = $1 and position = 1',
  ],
  [
    'what was refused was done',
    /Refused, and done all the same/,
    'refused',
    "update audit_entry set request_id = $1 where operation = 'DeleteUser'",
  ],
  [
    'somebody is there whom nobody made',
    /The creation of agent .* was audited 0 times/,
    'kept',
    `insert into users (id, instance_id, username, routing_profile_id, created_time, last_modified_time, last_modified_region)
      select gen_random_uuid(), instance_id, 'ghost', routing_profile_id, now(), now(), 'us-east-1' from users where id = $1`,
  ],
  [
    'what was unclear was done twice',
    /Done, but nobody asked for it/,
    'unclearMade',
    `insert into audit_entry (instance_id, time, operation, actor_type, actor_id, actor_name, door, permission, resource_type,
        resource_id, resource_name, change, request_id)
      select instance_id, time, operation, actor_type, actor_id, actor_name, door, permission, resource_type, gen_random_uuid(),
        resource_name, change, gen_random_uuid() from audit_entry where resource_id = $1 and change = 'CREATED'`,
  ],
  [
    'what was unclear was done by half',
    /The profiles of agent .* must be/,
    'unclearMade',
    'delete from user_security_profile where user_id = $1',
  ],
  [
    'what was unclear was done without an audit entry',
    /The identity of agent .* must be/,
    'unclearUpdate',
    "delete from audit_entry where resource_id = $1 and operation = 'UpdateUserIdentityInfo'",
  ],
  [
    'what was unclear was audited and not done',
    /The identity of agent .* must be/,
    'unclearUpdate',
    `update users set first_name = d ->> 'FirstName', last_name = d ->> 'LastName', email = d ->> 'Email',
        secondary_email = d ->> 'SecondaryEmail', mobile = d ->> 'Mobile'
      from (select details as d from audit_entry where resource_id = $1 and change = 'CREATED') e where id = $1::uuid`,
  ],
  [
    'an acknowledged act is in no audit entry',
    /Acknowledged, but in no audit entry/,
    'updated',
    "delete from audit_entry where resource_id = $1 and operation = 'UpdateUserPhoneConfig'",
  ],
  [
    'a deletion is audited twice',
    /The deletion of agent .* was audited 2 times/,
    'inBatch',
    `insert into audit_entry (instance_id, time, operation, actor_type, actor_id, actor_name, door, permission, resource_type,
        resource_id, resource_name, change, request_id, user_batch_id)
      select instance_id, time, operation, actor_type, actor_id, actor_name, door, permission, resource_type, resource_id,
        resource_name, change, request_id, user_batch_id from audit_entry where resource_id = $1 and change = 'DELETED'`,
  ],
  [
    'a user was deleted alone and by a batch',
    /The deletion of record .* was audited 0 times/,
    'inBatch',
    "update audit_entry set user_batch_id = null where resource_id = $1 and change = 'DELETED'",
  ],
  [
    'a deleted user is back',
    /Deleted, and still there/,
    'inBatch',
    `insert into users (id, instance_id, username, routing_profile_id, created_time, last_modified_time, last_modified_region)
      select $1, instance_id, 'ghost', id, now(), now(), 'us-east-1' from routing_profile limit 1`,
  ],
  ['a feed row is missing', /The change feed has 0 rows/, 'inBatch', 'delete from change_entry where resource_id = $1'],
  [
    'a feed row is there twice',
    /The change feed has 2 rows/,
    'single',
    `insert into change_entry (set_id, instance_id, resource_type, resource_id, change)
      select set_id, instance_id, resource_type, resource_id, change from change_entry
      where resource_id = $1 and change = 'DELETED'`,
  ],
  [
    'a quick connect outlives its user',
    /outlived the user/,
    'inBatch',
    `insert into quick_connect (id, instance_id, name, type, user_id, last_modified_time, last_modified_region)
      select gen_random_uuid(), id, 'orphan', 'USER', $1, now(), 'us-east-1' from instance`,
  ],
  [
    'a quick connect that was to be kept is gone',
    /Gone, but nobody deleted it: transfer-destination/,
    'inKeeping',
    'delete from quick_connect where user_id = $1',
  ],
  ['a batch is lost', /there is no such user batch/, 'stopped', 'delete from user_batch where id = $1'],
  ['a count is wrong', /says 6 succeeded/, 'batch', 'update user_batch set succeeded_count = 6 where id = $1'],
  [
    'a record has the wrong outcome, and the counts with it',
    /The deletion of record .* was audited 1 times/,
    'batch',
    `update user_batch_record set status = 'FAILED', error_code = 'ResourceNotFoundException'
      where user_batch_id = $1 and position = (select min(position) from user_batch_record where user_batch_id = $1)`,
    'update user_batch set succeeded_count = succeeded_count - 1, failed_count = failed_count + 1 where id = $1',
  ],
  [
    'a record is lost, and the counts with it',
    /is not what was asked for/,
    'batch',
    `delete from user_batch_record where user_batch_id = $1 and status = 'FAILED'`,
    "update user_batch set failed_count = 0, requested_count = requested_count - 1, status = 'COMPLETED' where id = $1",
  ],
  [
    'a user is in a batch twice',
    /is in the user batch .* 2 times/,
    'batch',
    `insert into user_batch_record (user_batch_id, position, user_id, status, time)
      select user_batch_id, 99, user_id, status, time from user_batch_record
      where user_batch_id = $1 and status = 'SUCCEEDED' limit 1`,
  ],
  [
    'a record of an ended batch is pending',
    /which is PENDING in a batch that is STOPPED/,
    'stopped',
    "update user_batch_record set status = 'PENDING', time = null where user_batch_id = $1 and status = 'STOPPED'",
  ],
  ['a batch does not end', /it did not end/, 'keeping', "update user_batch set status = 'IN_PROGRESS' where id = $1"],
  [
    'a paused batch went on',
    /though it was paused and nobody resumed it/,
    'paused',
    "update user_batch set status = 'COMPLETED', end_time = now() where id = $1",
  ],
  ['a stop is lost', /though it was stopped/, 'stopped', "update user_batch set status = 'COMPLETED' where id = $1"],
  [
    'a dismissal is lost',
    /not dismissed, though it was/,
    'batch',
    'update user_batch set dismissed_time = null where id = $1',
  ],
  [
    'a batch is retried with what had succeeded',
    /does not retry exactly the failed records/,
    'retry',
    `insert into user_batch_record (user_batch_id, position, user_id, status)
      select $1, 99, user_id, 'FAILED' from user_batch_record where status = 'SUCCEEDED' limit 1`,
  ],
  [
    'trouble of the house is counted as the fault of a record',
    /with InternalServiceException/,
    'keeping',
    "update user_batch_record set error_code = 'InternalServiceException' where user_batch_id = $1 and status = 'FAILED'",
  ],
  [
    'somebody who is there is reported as not there',
    /which is FAILED, but the user is there/,
    'batch',
    `update user_batch_record set user_id = (select id from users where username = 'kept')
      where user_batch_id = $1 and status = 'FAILED'`,
  ],
  [
    'a search leaves somebody out',
    /The search did not find the user/,
    'searching',
    `delete from user_batch_record where user_batch_id = $1 and status = 'STOPPED' and user_id = (
      select max(user_id::text)::uuid from user_batch_record where user_batch_id = $1 and status = 'STOPPED')`,
  ],
  [
    'an unanswered submission made two batches',
    /Nobody who could have made it asked for the user batch/,
    'unclearBatch',
    `with made as (
        insert into user_batch (id, instance_id, type, status, instructions, requested_by_type, requested_by_id,
          requested_by_name, request_id, client_token, request_hash, requested_count, created_time, end_time)
        select gen_random_uuid(), instance_id, type, 'COMPLETED', instructions, requested_by_type, 'somebody else',
          requested_by_name, gen_random_uuid(), client_token, request_hash, requested_count, created_time, now()
        from user_batch where id = $1 returning id)
      insert into user_batch_record (user_batch_id, position, user_id, username, status, time)
      select made.id, position, user_id, username, status, time from user_batch_record, made where user_batch_id = $1`,
  ],
];

test.each(inTables)('it is found when %s', async (_, finding, where, ...statements) => {
  await client.query('begin');
  try {
    for (const statement of statements) {
      const { rowCount } = await client.query(statement, [at[where]]);
      expect(rowCount, 'nothing was planted').toBeGreaterThan(0);
    }
    expect((await check(client, world.history)).join('\n')).toMatch(finding);
  } finally {
    await client.query('rollback');
  }
});

const actIn = (history: History, isIt: (act: Act) => boolean): Act => {
  const found = history.acts.find(isIt);
  if (!found) throw new Error('There is no such act.');
  return found;
};

const inAnswers: readonly [name: string, finding: RegExp, isIt: (act: Act) => boolean, change: Partial<Act>][] = [
  [
    'nothing was disturbed and no answer came',
    /Without any disturbance, no clear answer/,
    ({ outcome }) => outcome === 'UNCLEAR',
    { disturbed: false },
  ],
  [
    'something is changed after it was deleted',
    /Changed after it was deleted/,
    ({ operation, outcome }) => operation === 'UntagResource' && outcome === 'ACKNOWLEDGED',
    { began: 1_000_000, ended: 1_000_001 },
  ],
  [
    'somebody who is there is not found',
    /Not found, though there/,
    ({ operation, outcome }) => operation === 'UpdateUserPhoneConfig' && outcome === 'UNCLEAR',
    { outcome: 'REFUSED', answer: '404 ResourceNotFoundException' },
  ],
  [
    'two who asked are told of one batch',
    /is not what was asked for/,
    ({ operation, outcome }) => operation === 'StartUserDeletion' && outcome === 'REFUSED',
    { outcome: 'ACKNOWLEDGED' },
  ],
];

test.each(inAnswers)('it is found when %s', async (_, finding, isIt, change) => {
  const act = actIn(world.history, isIt);
  const id = change.outcome === 'ACKNOWLEDGED' ? at.batch : act.id;
  const acts = world.history.acts.map((one) => (one === act ? { ...act, id, ...change } : one));
  expect((await check(client, { ...world.history, acts })).join('\n')).toMatch(finding);
});
