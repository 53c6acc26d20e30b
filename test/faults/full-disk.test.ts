import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOf } from '../support/api.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** A real disk of its own, which only root can make, and only where mounting is allowed. */
const disk = mkdtempSync(join(tmpdir(), 'cordboard-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', disk]).status === 0;
if (!mounted) console.info('No small disk can be mounted here, so that nothing is tested of a full one.');

let server: TestServer;
beforeAll(async () => {
  if (!mounted) return;
  const dataDir = join(disk, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  server = await startServer({ sample: true, dataDir, environment: { CORDBOARD_BATCH_RANGE_SIZE: '10' } });
});
afterAll(async () => {
  if (mounted) {
    await server?.end();
    spawnSync('umount', ['-l', disk]);
  }
  rmSync(disk, { recursive: true, force: true });
});

/** Takes all room that is left. */
function fill(): () => void {
  const ballast = join(disk, 'ballast');
  const file = openSync(ballast, 'w');
  for (const size of [1024 * 1024, 4096]) {
    const block = Buffer.alloc(size, 1);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
  closeSync(file);
  return () => rmSync(ballast);
}

test.runIf(mounted)(
  'a full disk fails no record: they wait, everybody is told, and it ends when there is room',
  async () => {
    const api = apiOf(server);
    const instances = await api('ListInstances', {});
    const InstanceId = instances.body.InstanceSummaryList[0]?.Id ?? '';
    const users = await api('ListUsers', { InstanceId, MaxResults: 1000 });
    const UserIds = users.body.UserSummaryList.filter(({ Username }) => Username !== 'admin').map(({ Id }) => Id);
    expect(UserIds.length).toBeGreaterThan(100);
    const started = await api('StartUserDeletion', { InstanceId, UserIds, QuickConnects: 'DELETE' });
    const batch = { InstanceId, UserBatchId: started.body.UserBatchId };
    await api('PauseUserBatch', batch);
    const describe = async () => {
      const { status, body } = await api('DescribeUserBatch', batch);
      return status === 200 ? body.UserBatch : null;
    };
    const readiness = async () => {
      const answer = await fetch(`${server.url}/readyz`);
      return { status: answer.status, body: (await answer.json()) as { trouble?: string } };
    };

    const makeRoom = fill();
    while ((await api('ResumeUserBatch', batch)).status >= 500) await delay(100);
    let told = await readiness();
    while (told.body.trouble !== 'The disk of the database is full.') {
      await delay(50);
      told = await readiness();
    }
    expect(told.status).toBe(503);
    let waiting = await describe();
    while (!waiting?.Note) {
      await delay(50);
      waiting = await describe();
    }
    expect(waiting.Note).toMatch(/^The disk of the database is full\. The records wait/);
    expect(waiting.Counts.Failed).toBe(0);
    // It looks again several times, and says no more of it.
    const lines = () =>
      server
        .output()
        .split('\n')
        .filter((line) => line.includes('The worker could not do its work'));
    for (let looks = 0; looks < 40; looks++) {
      await delay(100);
      await describe();
    }
    expect(lines().length).toBeLessThanOrEqual(3);

    makeRoom();
    let done = await describe();
    while (!done || done.Status === 'QUEUED' || done.Status === 'IN_PROGRESS') {
      await delay(100);
      done = await describe();
    }
    expect(done).toMatchObject({ Status: 'COMPLETED', Counts: { Succeeded: UserIds.length, Failed: 0, Remaining: 0 } });
    expect(done.Note).toBeUndefined();
    expect((await readiness()).status).toBe(200);
    expect(server.output()).toContain('The worker works again');
  },
);
