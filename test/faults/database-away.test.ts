import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomOf } from '../support/random.ts';
import { restartUnderLoad } from '../support/restarts.ts';
import { startServer, type TestServer } from '../support/server.ts';

const rounds = 20;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.remove());

test(`PostgreSQL ends ${rounds} times under the SDK's clients, and they see nothing of it`, {
  timeout: 900_000,
}, async () => {
  const random = randomOf('database away');
  const signals = Array.from({ length: rounds }, () => random.pick(['SIGKILL', 'SIGINT', 'SIGQUIT'] as const));
  for (const { errors, acknowledged, audited } of await restartUnderLoad(server, signals)) {
    expect(errors).toEqual([]);
    expect(audited).toBe(acknowledged);
  }
});
