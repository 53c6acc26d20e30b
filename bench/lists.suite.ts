import { onEmptyGround } from './ground.ts';
import { loadUsers } from './load-users.ts';
import { inTurns, ratios, type Suite } from './measure.ts';

/** The first page of a small and of a large centre, side by side on one server. */
export const lists: Suite = {
  name: 'lists',
  about: 'the first page of 100 users with 1,000 and with 100,000 users',
  run: (report) =>
    onEmptyGround(async ({ call, client, instanceId }) => {
      const small = await call('CreateInstance', {
        InstanceAlias: 'small-centre',
        IdentityManagementType: 'CONNECT_MANAGED',
        InboundCallsEnabled: true,
        OutboundCallsEnabled: true,
      });
      for (let status: string = ''; status !== 'ACTIVE'; ) {
        const { body } = await call('DescribeInstance', { InstanceId: small.body.Id });
        status = body.Instance.InstanceStatus;
      }
      await loadUsers(client, small.body.Id, 1_000, 'few-');
      await loadUsers(client, instanceId, 100_000, 'many-');
      const page = (InstanceId: string) => call('SearchUserDetails', { InstanceId, MaxResults: 100 });
      const times = await inTurns(21, { few: () => page(small.body.Id), many: () => page(instanceId) });
      report('First page of 100, with 1,000 users', 'ms', times.few);
      report('First page of 100, with 100,000 users', 'ms', times.many, { atMost: 200 });
      report('100,000 users / 1,000 users', 'times', ratios(times.many, times.few), { atMost: 4 });
    }),
};
