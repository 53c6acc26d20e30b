import { randomUUID } from 'node:crypto';
import type { Instance } from '../../src/operations/instance.ts';
import { contactRecord, type RecordOptions } from '../support/contact-records.ts';
import type { TestServer } from '../support/server.ts';
import { instanceOf, sureApi } from './console-people.ts';

/** As much of an instance as records say. */
export async function originOf(server: TestServer): Promise<Instance> {
  const id = await instanceOf(server);
  const { Instance: found } = await sureApi(server)('DescribeInstance', { InstanceId: id });
  const [, , , region = '', accountId = ''] = (found?.Arn ?? '').split(':');
  return { id, region, accountId } as Instance;
}

/** Imports records of the past hours, the given ones first and a quarter of an hour before each other. Answers their ids. */
export async function importContacts(
  server: TestServer,
  given: readonly (Omit<RecordOptions, 'contactId' | 'start'> & Partial<Pick<RecordOptions, 'start'>>)[],
): Promise<string[]> {
  const instance = await originOf(server);
  const ids = given.map(() => randomUUID());
  const Records = given.map((options, index) =>
    contactRecord(instance, {
      contactId: ids[index] ?? '',
      start: new Date(Math.floor(Date.now() / 1000) * 1000 - (index + 2) * 900_000),
      ...options,
    }),
  );
  const { Refused } = await sureApi(server)('ImportContactRecords', { InstanceId: instance.id, Records });
  if (Refused.length > 0) throw new Error(JSON.stringify(Refused));
  return ids;
}
