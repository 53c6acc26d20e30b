import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { integer, required, structure } from '../../../operations/shapes.ts';
import {
  historyConstraints,
  historyInput,
  importChange,
  refusedList,
  requireEverybody,
  shownRefusals,
} from '../history-import.ts';
import { importContacts, readAll } from '../import.ts';

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
    input: historyInput,
    output: structure({
      NewCount: required(integer()),
      NewerCount: required(integer()),
      OlderCount: required(integer()),
      SameCount: required(integer()),
      Refused: required(refusedList),
    }),
  },
  {
    permission: 'ContactRecords.Import',
    constraints: historyConstraints,
    prepare: (context, { Records: records, AnyInstance: anyInstance = false }) => {
      requireEverybody(context);
      const { instance, now, contactDays } = context;
      return readAll(records, { instance, anyInstance, now, keptDays: contactDays });
    },
    handler: async (context, { DryRun: dryRun = false }, { contacts, refused }) => {
      requireEverybody(context);
      const { db, instance } = context;
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
          Refused: shownRefusals(refused),
        },
        changes: changed ? [importChange(instance, 'ContactRecords', came)] : [],
      };
    },
  },
);
