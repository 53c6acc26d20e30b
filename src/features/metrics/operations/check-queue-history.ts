import { instanceId, length } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { invalidParameter, OperationError } from '../../../operations/errors.ts';
import {
  boolean,
  integer,
  label,
  list,
  nested,
  required,
  string,
  structure,
  timestamp,
} from '../../../operations/shapes.ts';
import { requireDays } from '../../../operations/time-zone.ts';
import { requireEverybody } from '../../contacts/history-import.ts';
import { checkQueues, queuesCalled } from '../check-queue.ts';

const mostDays = 7;
const mostContacts = 50_000;
const mostDifferences = 1000;

export const checkQueueHistory = defineExtensionRead(
  'CheckQueueHistory',
  {
    method: 'POST',
    uri: '/contact-records/{InstanceId}/checks',
    summary:
      'Works out anew from the contact records, slowly, all metrics of the contacts of the queues that have this id or had this' +
      ` name, from StartTime to EndTime, ${mostDays} days at most, and says where reports differ, and then which contacts do. Of all` +
      ` queues together there may be ${mostContacts.toLocaleString('en')} contacts in that time and on the day before; the first` +
      ` ${mostDifferences.toLocaleString('en')} differences are told: Truncated. ContactCount is of those that ended.`,
    input: structure({
      InstanceId: label(),
      /** Its id, or a name that it had. */
      Queue: required(string()),
      StartTime: required(timestamp()),
      EndTime: required(timestamp()),
    }),
    output: structure({
      ContactCount: required(integer()),
      Differences: required(
        list(nested(structure({ What: required(string()), Kept: string(), Recomputed: string() }))),
      ),
      Truncated: required(boolean()),
    }),
  },
  {
    permission: 'ContactRecords.Import',
    constraints: { ...instanceId, Queue: length(1, 256) },
    handler: async (context, { Queue: queue, StartTime: start, EndTime: end }) => {
      requireEverybody(context);
      const { db, instance } = context;
      requireDays(start, end, mostDays);
      const queues = await queuesCalled(db, instance.id, queue);
      if (queues.length === 0) {
        throw new OperationError('ResourceNotFoundException', `The history knows no queue ${queue}.`);
      }
      const checked = await checkQueues({ db, instance }, queues, { start, end, most: mostContacts });
      if (!checked) {
        throw invalidParameter(
          `Only ${mostContacts.toLocaleString('en')} contacts can be worked out anew at once. Choose a shorter time.`,
        );
      }
      const { contacts, differences } = checked;
      return {
        ContactCount: contacts,
        Differences: differences.slice(0, mostDifferences).map(({ what, kept, recomputed }) => ({
          What: what,
          Kept: kept ?? undefined,
          Recomputed: recomputed ?? undefined,
        })),
        Truncated: differences.length > mostDifferences,
      };
    },
  },
);
