import { connect, createServer, type Server, type Socket } from 'node:net';
import type { EmbeddedConnection } from '../../src/database/embedded.ts';

/** What becomes of the next COMMIT that a client sends. Each time its connection breaks before it has an answer. */
export type LostCommit = 'NEVER ARRIVES' | 'IS DONE' | 'IS DONE LATER';

export interface PostgresProxy {
  /** A DATABASE_URL that leads through it. */
  readonly url: string;
  /** Connections that passed through it, so far. */
  readonly connections: () => number;
  /** All connections that are open fall silent, and nobody is told; new ones work. */
  silence(): void;
  /** All connections break, and new ones are refused. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** Returns what lets a COMMIT that is to be done later through. */
  loseNextCommit(how: LostCommit): () => void;
  close(): Promise<void>;
}

/** TCP in front of the Unix socket of the tests' PostgreSQL, for what networks, poolers and crashes do to connections. */
export async function startPostgresProxy(
  target: EmbeddedConnection,
  options: {
    readonly user?: string;
    /** Passes over the settings that a client sends at connect, as PgBouncer does with `ignore_startup_parameters`. */
    readonly ignoreSettings?: boolean;
  } = {},
): Promise<PostgresProxy> {
  const open = new Set<{ client: Socket; server: Socket }>();
  let count = 0;
  let lost: LostCommit | null = null;
  let letThrough = () => {};

  const accept = (client: Socket) => {
    const server = connect(`${target.host}/.s.PGSQL.${target.port}`);
    const pair = { client, server };
    open.add(pair);
    count += 1;
    let started = !options.ignoreSettings;
    client.on('data', (data) => {
      if (!started) {
        started = true;
        server.write(withoutSettings(data));
      } else if (lost && /commit\0/.test(data.toString('latin1'))) {
        const how = lost;
        lost = null;
        if (how === 'IS DONE') {
          server.removeAllListeners('data');
          server.once('data', () => client.destroy());
          server.write(data);
        } else {
          client.removeAllListeners('close');
          client.destroy();
          letThrough = () => server.write(data);
          if (how === 'NEVER ARRIVES') server.destroy();
        }
      } else {
        server.write(data);
      }
    });
    server.on('data', (data) => client.write(data));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(pair);
        other.destroy();
      });
    }
  };

  let listener: Server | null = null;
  let port = 0;
  const listen = async () => {
    const server = createServer(accept);
    listener = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address) port = address.port;
  };
  await listen();
  const goAway = async () => {
    const closed = new Promise((resolve) => listener?.close(resolve));
    for (const { client, server } of open) {
      client.destroy();
      server.destroy();
    }
    await closed;
  };
  return {
    url: `postgres://${options.user ?? target.user}@127.0.0.1:${port}/${target.database}`,
    connections: () => count,
    silence: () => {
      for (const { client, server } of open) {
        client.removeAllListeners('data').on('data', () => {});
        server.removeAllListeners('data').on('data', () => {});
      }
    },
    goAway,
    comeBack: listen,
    loseNextCommit: (how) => {
      lost = how;
      return () => letThrough();
    },
    close: goAway,
  };
}

/** Only user and database of a start packet: length, version, and pairs of texts that each end with a zero. */
function withoutSettings(packet: Buffer): Buffer {
  const texts = packet.subarray(8).toString('utf8').split('\0');
  const kept = ['user', 'database'].flatMap((name) => {
    const index = texts.findIndex((text, position) => position % 2 === 0 && text === name);
    return [name, texts[index + 1] ?? ''];
  });
  const body = Buffer.from(`${kept.join('\0')}\0\0`);
  const head = Buffer.from(packet.subarray(0, 8));
  head.writeInt32BE(body.length + 8);
  return Buffer.concat([head, body]);
}
