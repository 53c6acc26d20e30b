import { instanceId } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { integer, label, structure } from '../../../operations/shapes.ts';

/** A day takes a second or two; whoever has made none for so long is not making any. */
const mostMilliseconds = 120_000;

export const describeSampleHistory = defineExtensionRead(
  'DescribeSampleHistory',
  {
    method: 'GET',
    uri: '/sample-history/{InstanceId}',
    summary:
      'How many Days of sample history are being made, and how many of them are Filled; neither when none are being made.',
    input: structure({ InstanceId: label() }),
    output: structure({ Filled: integer(), Days: integer() }),
  },
  {
    permission: 'ANY_USER',
    constraints: instanceId,
    handler: async ({ db, instance, now }) => {
      const row = await db
        .selectFrom('sample_history')
        .select(['filled', 'days'])
        .where('instance_id', '=', instance.id)
        .where('time', '>', new Date(now.getTime() - mostMilliseconds))
        .executeTakeFirst();
      return { Filled: row?.filled, Days: row?.days };
    },
  },
);
