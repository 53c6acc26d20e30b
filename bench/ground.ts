import { apiOf } from '../test/support/api.ts';
import { connectTo } from '../test/support/embedded-sql.ts';
import { startServer } from '../test/support/server.ts';
import type { Ground } from './measure.ts';

/** A server of its own with an empty data folder for as long as `use` runs. */
export async function onEmptyGround(use: (ground: Ground) => Promise<void>): Promise<void> {
  const server = await startServer();
  try {
    const call = apiOf(server);
    const instances = await call('ListInstances', {});
    const client = await connectTo(server.dataDir);
    try {
      await use({ server, call, client, instanceId: instances.body.InstanceSummaryList[0]?.Id ?? '' });
    } finally {
      await client.end();
    }
  } finally {
    await server.remove();
  }
}

/** Two of them, side by side. */
export function onTwoGrounds(use: (one: Ground, other: Ground) => Promise<void>): Promise<void> {
  return onEmptyGround((one) => onEmptyGround((other) => use(one, other)));
}
