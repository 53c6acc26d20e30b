import { randomUUID } from 'node:crypto';
import { contactRecord } from '../../support/contact-records.ts';
import type { World } from '../world.ts';
import type { RequestTable } from './request-table.ts';

/** Of somebody who is here, so that there are names to tell. */
const record = (world: World, contactId: string = randomUUID()) =>
  contactRecord(world.instance, {
    contactId,
    start: new Date('2026-11-02T09:00:00Z'),
    agent: { id: world.user, username: 'an.agent' },
    queue: { id: world.queue, name: 'A queue' },
  });

/** Contacts and their history. */
export const contactRequests: RequestTable = {
  ImportContactRecords: {
    full: (world) => ({ Records: [record(world), record(world)], AnyInstance: false, DryRun: false }),
    minimal: (world) => ({ Records: [record(world)] }),
  },
};
