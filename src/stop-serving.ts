import type { Socket } from 'node:net';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

export interface StopOptions {
  /** So long everything is still served, while /readyz says 503 and answers end their connection: for proxies to turn away. */
  readonly delayMilliseconds: number;
  /** So long the requests that have arrived, wholly or in part, may then take. */
  readonly limitMilliseconds: number;
}

export interface StopServing {
  /** Whether it has begun. */
  begun(): boolean;
  /** Resolves when no connection is left. `hurry` cuts all waiting short. */
  stop(hurry: AbortSignal): Promise<void>;
}

/**
 * Ends a server so that no request that has arrived is lost, and none holds it up for ever. Connections that have asked
 * for nothing are closed at once: a browser opens such for later, and Node.js would wait for them.
 */
export function createStopServing(app: FastifyInstance, options: StopOptions): StopServing {
  const { server } = app;
  const sockets = new Set<Socket>();
  let begun = false;
  let closing = false;

  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.addHook('onSend', async (_request, reply) => {
    if (begun) reply.header('connection', 'close');
  });
  // An answer that had begun before said nothing of closing its connection.
  app.addHook('onResponse', async () => {
    if (closing) setImmediate(() => server.closeIdleConnections());
  });

  return {
    begun: () => begun,
    stop: async (hurry) => {
      begun = true;
      await wait(options.delayMilliseconds, hurry);
      // What the system has taken in already is read first.
      await turn();
      await turn();
      closing = true;
      const closed = app.close();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      const done = new AbortController();
      await Promise.race([closed, wait(options.limitMilliseconds, AbortSignal.any([hurry, done.signal]))]);
      done.abort();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function wait(milliseconds: number, hurry: AbortSignal): Promise<void> {
  if (milliseconds > 0 && !hurry.aborted) await delay(milliseconds, undefined, { signal: hurry }).catch(() => {});
}
