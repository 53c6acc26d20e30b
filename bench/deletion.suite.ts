import { onEmptyGround } from './ground.ts';
import { loadUsers } from './load-users.ts';
import { type Ground, inTurns, type Suite } from './measure.ts';
import { memoryOfTree } from './memory.ts';

const singles = 100;
const batchSize = 10_000;

/** Users with a quick connect each: deleted as one batch, and one by one as a script would. */
export const deletion: Suite = {
  name: 'deletion',
  about: `a batch of ${batchSize.toLocaleString('en')} users against deleting them one by one`,
  run: (report) =>
    onEmptyGround(async (ground) => {
      const accepted: number[] = [];
      const node: number[] = [];
      const postgres: number[] = [];
      let few: string[] = [];
      let many: string[] = [];
      let loads = 0;
      const load = (count: number) =>
        loadUsers(ground.client, ground.instanceId, count, `load${++loads}-`, { quickConnects: true });
      const times = await inTurns(
        3,
        {
          single: () => oneByOne(ground, few),
          batch: async () => {
            const seen = await asBatch(ground, many);
            accepted.push(seen.accepted);
            node.push(seen.node);
            postgres.push(seen.postgres);
          },
        },
        async () => {
          few = await load(singles);
          many = await load(batchSize);
        },
      );
      const single = times.single.map((ms) => ms / singles);
      const batch = times.batch.map((ms) => ms / batchSize);
      report('One by one (DeleteUser, DeleteQuickConnect), for each user', 'ms', single);
      report('The batch, for each user', 'ms', batch);
      const ratio = single.map((ms, round) => ms / (batch[round] ?? Number.NaN));
      report('One by one / the batch', 'times', ratio, { atLeast: 20 });
      const allowed = batch.map((ms) => 500 / ms);
      report('2 requests a second, as Connect allows / the batch', 'times', allowed);
      report('The batch, until it is accepted', 's', accepted, { atMost: 2 });
      report('Memory during the batch, Node (highest seen)', 'MiB', node, { atMost: 250 });
      report('Memory during the batch, PostgreSQL (highest seen)', 'MiB', postgres, { atMost: 200 });
    }),
};

async function oneByOne({ call, client, instanceId }: Ground, ids: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ id: string }>('select id from quick_connect where user_id = any($1)', [ids]);
  for (const id of ids) await call('DeleteUser', { InstanceId: instanceId, UserId: id });
  for (const { id } of rows) await call('DeleteQuickConnect', { InstanceId: instanceId, QuickConnectId: id });
}

/** Seconds until it was accepted, and the most memory that was seen until its end, in MiB. */
async function asBatch({ call, server, instanceId }: Ground, ids: readonly string[]) {
  const began = performance.now();
  const started = await call('StartUserDeletion', {
    InstanceId: instanceId,
    UserIds: ids,
    QuickConnects: 'DELETE',
  });
  const accepted = (performance.now() - began) / 1000;
  let most = { node: 0, postgres: 0 };
  for (let status: string = ''; !status.startsWith('COMPLETED'); ) {
    const { UserBatchId } = started.body;
    const { body } = await call('DescribeUserBatch', { InstanceId: instanceId, UserBatchId });
    status = body.UserBatch.Status;
    const now = memoryOfTree(server.process.pid ?? 0);
    if (now.node + now.postgres > most.node + most.postgres) most = now;
  }
  return { accepted, ...most };
}
