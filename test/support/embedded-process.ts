import { once } from 'node:events';
import { StartError } from '../../src/config.ts';
import { startEmbeddedPostgres } from '../../src/database/embedded.ts';

/**
 * A process of its own that holds an embedded PostgreSQL, for tests that kill it. Arguments: the data folder and, to wait
 * for a line on standard input before it begins, `wait`. Prints one JSON line per event; stops when its input ends.
 */
const [dataDir = '', mode] = process.argv.slice(2);
const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);

if (mode === 'wait') {
  say({ event: 'waiting' });
  await once(process.stdin, 'data');
}
try {
  const server = await startEmbeddedPostgres({
    dataDir,
    durable: false,
    log: (line) => say({ event: 'log', line }),
    onStatus: (status) => say({ event: status }),
  });
  say({ event: 'started', connection: server.connection });
  process.stdin.resume();
  await once(process.stdin, 'end');
  await server.stop();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  say({ event: 'refused', line: error.message });
}
