import { randomUUID } from 'node:crypto';
import type { Tx } from '../operations/define-operation.ts';
import type { SampleCentre } from './centre.ts';
import { type IdsByName, type Making, note } from './fill.ts';

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
  const flowOf = (type: 'AGENT_TRANSFER' | 'QUEUE_TRANSFER') => flows.find((flow) => flow.type === type)?.id ?? null;
  const rows = centre.quickConnects.map(({ name, description, destination }) => ({
    id: randomUUID() as string,
    instance_id: instance.id,
    name,
    description,
    type: destination.type,
    user_id: destination.type === 'USER' ? (users.get(destination.username) ?? null) : null,
    queue_id: destination.type === 'QUEUE' ? (queues.get(destination.queue) ?? null) : null,
    contact_flow_id:
      destination.type === 'PHONE_NUMBER'
        ? null
        : flowOf(destination.type === 'USER' ? 'AGENT_TRANSFER' : 'QUEUE_TRANSFER'),
    phone_number: destination.type === 'PHONE_NUMBER' ? destination.phoneNumber : null,
    last_modified_time: now,
    last_modified_region: instance.region,
  }));
  await tx.insertInto('quick_connect').values(rows).execute();
  const offered = centre.quickConnects.flatMap(({ queues: names }, index) =>
    names.map((queue) => ({ queue_id: queues.get(queue) ?? '', quick_connect_id: rows[index]?.id ?? '' })),
  );
  await tx.insertInto('queue_quick_connect').values(offered).execute();
  for (const { id, name } of rows) note(made, 'transfer-destination', id, name);
}
