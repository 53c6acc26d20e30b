import type pg from 'pg';
import type { Api } from '../support/api.ts';
import type { World } from './acts.ts';
import type { History } from './history.ts';

/** What the clients find: the first instance, with some routing profiles and hierarchy groups to choose from. */
export async function openWorld(call: Api, client: pg.Client, makeHistory: () => Promise<History>): Promise<World> {
  const one = async (sql: string) => {
    const { rows } = await client.query<{ id: string }>(sql);
    if (!rows[0]) throw new Error(`There is nothing: ${sql}`);
    return rows[0].id;
  };
  const instanceId = await one('select id from instance');
  await call('UpdateUserHierarchyStructure', {
    InstanceId: instanceId,
    HierarchyStructure: { LevelOne: { Name: 'Site' } },
  });
  const queue = await one('select id from queue limit 1');
  const routingProfileIds = [await one('select id from routing_profile where is_default')];
  const hierarchyGroupIds: string[] = [];
  for (const n of [1, 2]) {
    const routing = {
      Name: `Routing ${n}`,
      Description: 'To choose from',
      DefaultOutboundQueueId: queue,
      MediaConcurrencies: [{ Channel: 'VOICE' as const, Concurrency: 1 }],
    };
    const profile = await call('CreateRoutingProfile', { InstanceId: instanceId, ...routing });
    const group = await call('CreateUserHierarchyGroup', { InstanceId: instanceId, Name: `Group ${n}` });
    if (profile.status !== 200 || group.status !== 200) throw new Error(JSON.stringify([profile.body, group.body]));
    routingProfileIds.push(profile.body.RoutingProfileId);
    hierarchyGroupIds.push(group.body.HierarchyGroupId);
  }
  return {
    // From here on: what was made above is taken as given.
    history: await makeHistory(),
    instanceId,
    routingProfileIds,
    hierarchyGroupIds,
    agentProfileId: await one("select id from security_profile where name = 'Agent'"),
    contactFlowId: await one("select id from contact_flow where type = 'AGENT_TRANSFER' limit 1"),
    users: [],
    quickConnects: [],
    profiles: [],
    batches: [],
    gone: new Set(),
    starts: [],
    counter: 0,
  };
}
