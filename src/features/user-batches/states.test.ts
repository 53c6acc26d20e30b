import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesOf } from '../../../test/support/batches.ts';
import { centreForFile } from '../../../test/support/centre.ts';

/**
 * Any commands in any order against a small model of a batch: who is alive, and what each record of each batch is.
 * The model knows nothing of SQL, locks or counts; the real thing must agree with it after every command.
 */
interface ModelBatch {
  readonly id: string;
  readonly records: { readonly user: string; status: 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED' }[];
  status: string;
  started: boolean;
  dismissed: boolean;
  retriedBy: string | null;
}

interface Model {
  readonly users: readonly string[];
  readonly alive: Set<string>;
  /** In the order in which their next range comes. */
  line: ModelBatch[];
  readonly batches: ModelBatch[];
}

interface Real {
  readonly ids: ReadonlyMap<string, string>;
}

const centre = centreForFile();
const batches = batchesOf(centre);

const runnable = (batch: ModelBatch) => batch.status === 'QUEUED' || batch.status === 'IN_PROGRESS';
const ended = (batch: ModelBatch) => ['STOPPED', 'COMPLETED', 'COMPLETED_WITH_FAILURES'].includes(batch.status);
const pick = (model: Model, index: number) => model.batches[index % model.batches.length];

function add(model: Model, id: string, users: readonly string[]): ModelBatch {
  const batch: ModelBatch = {
    id,
    records: users.map((user) => ({ user, status: 'PENDING' })),
    status: 'QUEUED',
    started: false,
    dismissed: false,
    retriedBy: null,
  };
  model.batches.push(batch);
  // Whoever never had a range goes before all who had one, behind the others who never had one.
  const firstStarted = model.line.findIndex((other) => other.started);
  model.line.splice(firstStarted === -1 ? model.line.length : firstStarted, 0, batch);
  return batch;
}

async function expectAgreement(model: Model, real: Real) {
  for (const batch of model.batches) {
    const is = await batches.describe(batch.id);
    const count = (status: string) => batch.records.filter((record) => record.status === status).length;
    expect(is).toMatchObject({
      Status: batch.status,
      Dismissed: batch.dismissed,
      Counts: {
        Requested: batch.records.length,
        Succeeded: count('SUCCEEDED'),
        Failed: count('FAILED'),
        Stopped: count('STOPPED'),
        Remaining: count('PENDING'),
      },
    });
    expect(is.RetriedBy ?? null).toBe(batch.retriedBy);
    expect(is.EndTime !== undefined).toBe(ended(batch));
    expect((await batches.results(batch.id)).map((result) => result.Status)).toEqual(
      batch.records.map((record) => record.status),
    );
  }
  const ids = [...model.alive].map((user) => real.ids.get(user) ?? '');
  expect(await centre.living([...real.ids.values()])).toBe(ids.length);
}

type Command = fc.AsyncCommand<Model, Real>;

class Start implements Command {
  constructor(readonly picked: readonly number[]) {}
  check = () => true;
  async run(model: Model, real: Real) {
    const users = [...new Set(this.picked.map((index) => model.users[index % model.users.length] ?? ''))];
    const { UserBatchId } = await batches.start({ UserIds: users.map((user) => real.ids.get(user) ?? '') });
    add(model, UserBatchId, users);
    await expectAgreement(model, real);
  }
  toString = () => `start(${this.picked})`;
}

class Range implements Command {
  constructor(readonly size: number) {}
  check = () => true;
  async run(model: Model, real: Real) {
    const batch = model.line.find(runnable);
    expect(await centre.range({ rangeSize: this.size })).toBe(batch !== undefined);
    if (batch) {
      for (const record of batch.records.filter(({ status }) => status === 'PENDING').slice(0, this.size)) {
        record.status = model.alive.delete(record.user) ? 'SUCCEEDED' : 'FAILED';
      }
      batch.started = true;
      const statuses = batch.records.map((record) => record.status);
      batch.status = statuses.includes('PENDING')
        ? 'IN_PROGRESS'
        : statuses.includes('FAILED')
          ? 'COMPLETED_WITH_FAILURES'
          : 'COMPLETED';
      model.line = [...model.line.filter((other) => other !== batch), batch];
    }
    await expectAgreement(model, real);
  }
  toString = () => `range(${this.size})`;
}

class Steer implements Command {
  constructor(
    readonly verb: 'Pause' | 'Resume' | 'Stop' | 'Dismiss',
    readonly index: number,
  ) {}
  check = (model: Readonly<Model>) => model.batches.length > 0;
  async run(model: Model, real: Real) {
    const batch = pick(model, this.index);
    if (!batch) return;
    const allowed = {
      Pause: !ended(batch),
      Resume: !ended(batch),
      Stop: !ended(batch) || batch.status === 'STOPPED',
      Dismiss: ended(batch),
    }[this.verb];
    const answer = batches.steer(this.verb, batch.id);
    if (!allowed) {
      await expect(answer).rejects.toMatchObject({ code: 'InvalidRequestException' });
    } else {
      await answer;
      if (this.verb === 'Pause') batch.status = 'PAUSED';
      if (this.verb === 'Resume' && batch.status === 'PAUSED') batch.status = batch.started ? 'IN_PROGRESS' : 'QUEUED';
      if (this.verb === 'Dismiss') batch.dismissed = true;
      if (this.verb === 'Stop') {
        batch.status = 'STOPPED';
        for (const record of batch.records) if (record.status === 'PENDING') record.status = 'STOPPED';
      }
    }
    await expectAgreement(model, real);
  }
  toString = () => `${this.verb}(${this.index})`;
}

class Retry implements Command {
  constructor(readonly index: number) {}
  check = (model: Readonly<Model>) => model.batches.length > 0;
  async run(model: Model, real: Real) {
    const batch = pick(model, this.index);
    if (!batch) return;
    const failed = batch.records.filter((record) => record.status === 'FAILED').map((record) => record.user);
    const answer = batches.retry(batch.id);
    if (batch.retriedBy) {
      expect((await answer).UserBatchId).toBe(batch.retriedBy);
    } else if (!ended(batch) || failed.length === 0) {
      await expect(answer).rejects.toMatchObject({ code: 'InvalidRequestException' });
    } else {
      const { UserBatchId, RequestedCount } = await answer;
      expect(RequestedCount).toBe(failed.length);
      batch.retriedBy = UserBatchId;
      add(model, UserBatchId, failed);
    }
    await expectAgreement(model, real);
  }
  toString = () => `retry(${this.index})`;
}

test('whatever is asked in whatever order, every record is in one state and the counts are right', async () => {
  const index = fc.nat({ max: 5 });
  const commands = fc.commands(
    [
      fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 6 }).map((picked) => new Start(picked)),
      fc.integer({ min: 1, max: 4 }).map((size) => new Range(size)),
      fc.integer({ min: 1, max: 4 }).map((size) => new Range(size)),
      fc
        .tuple(fc.constantFrom('Pause' as const, 'Resume' as const, 'Stop' as const, 'Dismiss' as const), index)
        .map(([verb, which]) => new Steer(verb, which)),
      index.map((which) => new Retry(which)),
    ],
    { maxCommands: 25 },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (given) => {
      await centre.db.deleteFrom('user_batch').execute();
      const ids = await centre.addUsers(8, { prefix: `${randomUUID()}-` });
      const users = ids.map((_, position) => `user ${position}`);
      await fc.asyncModelRun(
        () => ({
          model: { users, alive: new Set(users), line: [], batches: [] },
          real: { ids: new Map(users.map((user, position) => [user, ids[position] ?? ''])) },
        }),
        given,
      );
    }),
    { numRuns: 40 },
  );
});
