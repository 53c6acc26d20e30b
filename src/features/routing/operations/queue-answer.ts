import type { Selectable } from 'kysely';
import type { QueueTable } from '../../../database/tables.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import type { Instance } from '../../../operations/instance.ts';

/** A standard queue as DescribeQueue and SearchQueues answer it. */
export function queueOf(instance: Instance, row: Selectable<QueueTable>): Connect.Queue {
  return {
    QueueId: row.id,
    QueueArn: arnOf(instance, 'queue', row.id),
    Name: row.name,
    Description: row.description ?? undefined,
    HoursOfOperationId: row.hours_of_operation_id,
    MaxContacts: row.max_contacts ?? undefined,
    Status: row.status,
    OutboundCallerConfig: (row.outbound_caller_config ?? undefined) as Connect.OutboundCallerConfig | undefined,
    OutboundEmailConfig: (row.outbound_email_config ?? undefined) as Connect.OutboundEmailConfig | undefined,
    Tags: row.tags,
    LastModifiedTime: row.last_modified_time,
    LastModifiedRegion: row.last_modified_region,
  };
}
