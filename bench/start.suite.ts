import { startServer } from '../test/support/server.ts';
import { inTurns, ratios, type Suite } from './measure.ts';
import { memoryOfTree } from './memory.ts';

/** How long a user waits for a server, new and again, and what it takes up while it does nothing. */
export const start: Suite = {
  name: 'start',
  about: 'cold and warm start, memory at rest',
  async run(report) {
    const memory: { node: number[]; postgres: number[] } = { node: [], postgres: [] };
    const warm = await startServer({ sample: true });
    await warm.end();
    try {
      const times = await inTurns(3, {
        cold: async () => {
          const server = await startServer({ sample: true });
          await server.remove();
        },
        warm: async () => {
          const server = await startServer({ sample: true, dataDir: warm.dataDir });
          const { node, postgres } = memoryOfTree(server.process.pid ?? 0);
          memory.node.push(node);
          memory.postgres.push(postgres);
          await server.end();
        },
      });
      const seconds = (values: number[]) => values.map((value) => value / 1000);
      report('New data folder, sample data, until ready and ended', 's', seconds(times.cold), { atMost: 20 });
      report('The same data folder, until ready and ended', 's', seconds(times.warm), { atMost: 5 });
      report('New / same data folder', 'times', ratios(times.cold, times.warm));
      report('Memory right after a start, Node', 'MiB', memory.node, { atMost: 150 });
      report('Memory right after a start, PostgreSQL', 'MiB', memory.postgres, { atMost: 100 });
    } finally {
      await (await startServer({ dataDir: warm.dataDir })).remove();
    }
  },
};
