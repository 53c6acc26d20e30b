import Fastify, { type FastifyInstance } from 'fastify';
import { type ConnectApiOptions, registerConnectApi } from '../../src/connect-api/server.ts';
import { answerForNode, connectApiServerOptions } from '../../src/connect-api/server-options.ts';
import type { Operation } from '../../src/operations/define-operation.ts';
import type { OperationCall } from '../../src/operations/operation-call.ts';

/** AWS's own example keys, which nothing else uses. */
export const accessKey = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

export interface LoggedError {
  readonly requestId: string;
  readonly operation: string;
  readonly error: { name: string; code: string; stack: string };
}

export interface FakeConnect {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly port: number;
  /** Every operation that was run, with its decoded input. */
  readonly calls: OperationCall[];
  readonly errors: LoggedError[];
  /** What Fastify itself has to warn of. */
  readonly lines: string[];
  close(): Promise<void>;
}

/** The wire alone, on a port of its own: operations are run by calling their handler with the call instead of a context. */
export async function startFakeConnect(
  operations: readonly Operation[],
  options: Partial<ConnectApiOptions> = {},
): Promise<FakeConnect> {
  const calls: OperationCall[] = [];
  const errors: LoggedError[] = [];
  const lines: string[] = [];
  const logger = { level: 'warn', stream: { write: (line: string) => void lines.push(line) } };
  const app: FastifyInstance = Fastify({ ...connectApiServerOptions(), logger, forceCloseConnections: true });
  answerForNode(app.server);
  await registerConnectApi(app, {
    operations,
    now: () => new Date(),
    findAccessKey: async (id) =>
      id === accessKey.accessKeyId
        ? {
            secret: accessKey.secretAccessKey,
            caller: { kind: 'ACCESS_KEY', accessKeyId: id, actions: ['connect:*'] },
          }
        : null,
    run: async (call) => {
      calls.push(call);
      const handler = call.operation.handler as (context: unknown, input: unknown) => Promise<unknown>;
      const answer = await handler(call, call.input);
      return call.operation.kind === 'READ' ? answer : (answer as { output: unknown }).output;
    },
    log: { error: (entry: unknown) => void errors.push(entry as LoggedError) },
    ...options,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url, port: Number(new URL(url).port), calls, errors, lines, close: () => app.close() };
}
