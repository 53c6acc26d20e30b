import { afterAll, beforeAll, expect, test } from 'vitest';
import { restartUnderLoad } from '../support/restarts.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.remove());

test('clients in either retry mode of the SDK see nothing of PostgreSQL being killed and stopped', async () => {
  const witnesses = await restartUnderLoad(server, ['SIGKILL', 'SIGINT']);
  expect(new Set(witnesses.map(({ retryMode }) => retryMode))).toEqual(new Set(['standard', 'adaptive']));
  for (const { errors, acknowledged, audited } of witnesses) {
    expect(errors).toEqual([]);
    expect(audited).toBe(acknowledged);
  }
});
