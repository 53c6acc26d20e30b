import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { integer, required, structure } from '../../../operations/shapes.ts';
import {
  historyConstraints,
  historyInput,
  importChange,
  refusedList,
  requireEverybody,
  shownRefusals,
} from '../../contacts/history-import.ts';
import { importEvents, readAllEvents } from '../import.ts';

export const importAgentEvents = defineExtensionWrite(
  'ImportAgentEvents',
  {
    method: 'POST',
    uri: '/agent-events/{InstanceId}/imports',
    summary:
      'Takes agent events as Amazon Connect’s stream delivers them, each as the text of its JSON, in whatever order they' +
      ' come; an event whose EventId is there already changes nothing, and heartbeats are counted and not kept. What' +
      ' agents did follows from the events and is written again around one that comes late. What is wrong with an event' +
      ' refuses that one alone. `AnyInstance` also takes those of other instances and accounts; `DryRun` only says what' +
      ' would come of it.',
    input: historyInput,
    output: structure({
      NewCount: required(integer()),
      SameCount: required(integer()),
      HeartbeatCount: required(integer()),
      Refused: required(refusedList),
    }),
  },
  {
    permission: 'ContactRecords.Import',
    constraints: historyConstraints,
    prepare: (context, { Records: records, AnyInstance: anyInstance = false }) => {
      requireEverybody(context);
      const { instance, now, contactDays } = context;
      return readAllEvents(records, { instance, anyInstance, now, keptDays: contactDays });
    },
    handler: async (context, { DryRun: dryRun = false }, { events, heartbeats, refused }) => {
      requireEverybody(context);
      const { db, instance } = context;
      const counts = await importEvents(db, instance.id, events, { dryRun });
      const came = { New: counts.new, Same: counts.same, Heartbeats: heartbeats, Refused: refused.length };
      return {
        output: {
          NewCount: counts.new,
          SameCount: counts.same,
          HeartbeatCount: heartbeats,
          Refused: shownRefusals(refused),
        },
        changes: !dryRun && counts.new > 0 ? [importChange(instance, 'AgentEvents', came)] : [],
      };
    },
  },
);
