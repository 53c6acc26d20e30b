import { arnOf } from '../../operations/arn.ts';
import type { Connect } from '../../operations/connect-types.ts';
import type { Instance } from '../../operations/instance.ts';
import type { Queue } from './types.ts';

/** A standard queue as DescribeQueue and SearchQueues answer it. */
export function shownQueue(instance: Instance, queue: Queue): Connect.Queue {
  return {
    QueueId: queue.id,
    QueueArn: arnOf(instance, 'queue', queue.id),
    Name: queue.name,
    Description: queue.description ?? undefined,
    HoursOfOperationId: queue.hoursOfOperationId,
    MaxContacts: queue.maxContacts ?? undefined,
    Status: queue.status,
    OutboundCallerConfig: queue.outboundCallerConfig ?? undefined,
    OutboundEmailConfig: queue.outboundEmailConfig ?? undefined,
    Tags: queue.tags,
    LastModifiedTime: queue.lastModifiedTime,
    LastModifiedRegion: queue.lastModifiedRegion,
  };
}
