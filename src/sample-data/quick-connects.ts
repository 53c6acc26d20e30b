import { randomUUID } from 'node:crypto';
import { creationOf } from '../audit/change.ts';
import type { Tx } from '../database/db.ts';
import { associate } from '../features/quick-connects/association-store.ts';
import { snapshotOf } from '../features/quick-connects/rules.ts';
import { insertQuickConnects } from '../features/quick-connects/store.ts';
import type { SampleCentre, SampleQuickConnect } from './centre.ts';
import type { IdsByName, Making } from './making.ts';

/** The sample centre's quick connects and the queues that offer them. */
export async function addQuickConnects(
  tx: Tx,
  made: Making,
  centre: SampleCentre,
  { queues, users }: { readonly queues: IdsByName; readonly users: IdsByName },
): Promise<void> {
  const { instance, now } = made;
  const flows = await tx
    .selectFrom('contact_flow')
    .select(['id', 'type'])
    .where('instance_id', '=', instance.id)
    .where('type', 'in', ['AGENT_TRANSFER', 'QUEUE_TRANSFER'])
    .execute();
  const flowOf = (type: 'AGENT_TRANSFER' | 'QUEUE_TRANSFER') => flows.find((flow) => flow.type === type)?.id ?? '';
  const targetOf = (destination: SampleQuickConnect['destination']) => {
    switch (destination.type) {
      case 'USER':
        return {
          type: 'USER' as const,
          userId: users.get(destination.username) ?? '',
          contactFlowId: flowOf('AGENT_TRANSFER'),
        };
      case 'QUEUE':
        return {
          type: 'QUEUE' as const,
          queueId: queues.get(destination.queue) ?? '',
          contactFlowId: flowOf('QUEUE_TRANSFER'),
        };
      case 'PHONE_NUMBER':
        return destination;
    }
  };
  const quickConnects = centre.quickConnects.map(({ name, description, destination }) => ({
    id: randomUUID(),
    instanceId: instance.id,
    region: instance.region,
    now,
    name,
    description,
    target: targetOf(destination),
  }));
  await insertQuickConnects(tx, quickConnects);
  const offered = centre.quickConnects.flatMap(({ queues: names }, index) =>
    names.map((queue) => ({ queueId: queues.get(queue) ?? '', quickConnectId: quickConnects[index]?.id ?? '' })),
  );
  await associate(tx, offered);
  made.changes.push(...quickConnects.map((one) => creationOf('transfer-destination', one, snapshotOf(one))));
}
