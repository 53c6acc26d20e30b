import { randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Instance } from '../src/operations/instance.ts';
import { contactRecord } from '../test/support/contact-records.ts';
import type { Ground } from './measure.ts';

const tables = ['contact', 'contact_raw'] as const;

/** Records as a stream delivers them: nine of ten with an agent, 300 agents at 12 queues, some 2 kB each. */
export function madeRecords(instance: Instance, count: number, newest: Date): string[] {
  const named = (kind: string, number: number) => ({
    id: `${kind}000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    name: `Name of number ${number}`,
  });
  return Array.from({ length: count }, (_, n) =>
    contactRecord(instance, {
      contactId: randomUUID(),
      start: new Date(newest.getTime() - (count - n) * 10_000),
      ...(n % 10 !== 3 && {
        agent: {
          id: named('a0', (n * 7919) % 300).id,
          username: `agent-${(n * 7919) % 300}`,
          routingProfile: named('b0', n % 8),
          groups: [named('c1', n % 3), named('c2', n % 30)],
        },
      }),
      queue: named('d0', n % 12),
      talk: 60 + ((n * 31) % 600),
      more: {
        Attributes: {
          Product: `Product ${n % 40}`,
          Language: n % 4 ? 'en' : 'de',
          CustomerNumber: String(n * 104_729),
        },
        CustomerEndpoint: { Address: `+1206${String(n % 10_000_000).padStart(7, '0')}`, Type: 'TELEPHONE_NUMBER' },
        InitialContactId: n % 20 === 0 ? randomUUID() : null,
        Tags: { 'aws:connect:instanceId': instance.id },
      },
    }),
  );
}

const atOnce = 5000;
/** As `cordboard import` sends them. */
const underWay = 2;

export async function importRecords({ call, instanceId }: Ground, records: readonly string[]): Promise<void> {
  let next = 0;
  const sender = async () => {
    while (next < records.length) {
      const Records = records.slice(next, next + atOnce);
      next += atOnce;
      const { status, body } = await call('ImportContactRecords', { InstanceId: instanceId, Records });
      if (status !== 200 || body.NewCount !== Records.length) {
        throw new Error(`ImportContactRecords answered ${status}: ${JSON.stringify(body).slice(0, 1000)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: underWay }, sender));
}

/** Tables with the same columns, keys and indexes, for COPY. */
export async function makeCopies({ client }: Ground): Promise<void> {
  for (const table of tables) await client.query(`create table ${table}_copy (like ${table} including all)`);
}

export async function emptyAll({ client }: Ground): Promise<void> {
  for (const table of tables) await client.query(`truncate ${table}, ${table}_copy`);
}

/** The rows of the tables, in the order in which they came, as COPY writes and takes them. */
export async function rowsAsText({ client }: Ground): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const texts = new Map<string, readonly Buffer[]>();
  for (const table of tables) {
    const chunks: Buffer[] = [];
    const take = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    await pipeline(client.query(copyTo(`copy ${table} to stdout`)), take);
    texts.set(table, [Buffer.concat(chunks)]);
  }
  return texts;
}

export async function copyRows({ client }: Ground, texts: ReadonlyMap<string, readonly Buffer[]>): Promise<void> {
  for (const [table, chunks] of texts) {
    await pipeline(Readable.from(chunks), client.query(copyFrom(`copy ${table}_copy from stdin`)));
  }
}
