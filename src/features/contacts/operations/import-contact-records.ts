import { updateOf } from '../../../audit/change.ts';
import { instanceId, items, length } from '../../../operations/constraints.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { boolean, integer, label, list, nested, required, string, structure } from '../../../operations/shapes.ts';
import { importContacts, readAll } from '../import.ts';

/** A call is one transaction. */
const mostRecords = 5000;
/** No more than a request can hold; how long a record may be is said with the record. */
const longestText = 16 * 1024 * 1024;

const refusedRecord = structure({
  /** In the list of the request, from 0. */
  Index: required(integer()),
  /** Empty for the record as a whole. */
  Field: required(string()),
  Reason: required(string()),
});

/** One entry in the audit, with the counts: what changed is the history of the instance. */
export const importContactRecords = defineExtensionWrite(
  'ImportContactRecords',
  {
    method: 'POST',
    uri: '/contact-records/{InstanceId}/imports',
    summary:
      'Takes contact records as Amazon Connect’s streams deliver them, each as the text of its JSON. Of several records of a' +
      ' contact the one with the newest LastUpdateTimestamp counts, in whatever order they come; a record that is there' +
      ' already changes nothing. What is wrong with a record refuses that one alone. `AnyInstance` also takes those of' +
      ' other instances and accounts; `DryRun` only says what would come of it.',
    input: structure({
      InstanceId: label(),
      Records: required(list(string())),
      AnyInstance: boolean(),
      DryRun: boolean(),
    }),
    output: structure({
      NewCount: required(integer()),
      NewerCount: required(integer()),
      OlderCount: required(integer()),
      SameCount: required(integer()),
      Refused: required(list(nested(refusedRecord))),
    }),
  },
  {
    permission: 'ContactRecords.Import',
    constraints: { ...instanceId, Records: items(1, mostRecords), 'Records[]': length(0, longestText) },
    prepare: ({ instance, now }, { Records: records, AnyInstance: anyInstance = false }) =>
      readAll(records, { instance, anyInstance, now }),
    handler: async ({ db, instance }, { DryRun: dryRun = false }, { contacts, refused }) => {
      const counts = await importContacts(db, instance.id, contacts, { dryRun });
      const came = {
        New: counts.new,
        Newer: counts.newer,
        Older: counts.older,
        Same: counts.same,
        Refused: refused.length,
      };
      const changed = !dryRun && counts.new + counts.newer > 0;
      return {
        output: {
          NewCount: counts.new,
          NewerCount: counts.newer,
          OlderCount: counts.older,
          SameCount: counts.same,
          Refused: refused.map(({ index, field, reason }) => ({ Index: index, Field: field, Reason: reason })),
        },
        changes: changed
          ? [
              updateOf(
                'instance',
                { id: instance.id, name: instance.alias ?? instance.id },
                { ContactRecords: { Old: null, New: came } },
              ),
            ]
          : [],
      };
    },
  },
);
