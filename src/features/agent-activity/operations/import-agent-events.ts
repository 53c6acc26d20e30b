import { updateOf } from '../../../audit/change.ts';
import { instanceId, items, length } from '../../../operations/constraints.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { boolean, integer, label, list, nested, required, string, structure } from '../../../operations/shapes.ts';
import { importEvents, readAllEvents } from '../import.ts';

/** A call is one transaction. */
const mostEvents = 5000;
/** No more than a request can hold; how long an event may be is said with the event. */
const longestText = 16 * 1024 * 1024;

const refusedEvent = structure({
  /** In the list of the request, from 0. */
  Index: required(integer()),
  /** Empty for the event as a whole. */
  Field: required(string()),
  Reason: required(string()),
});

/** One entry in the audit, with the counts, as for contact records. */
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
    input: structure({
      InstanceId: label(),
      Records: required(list(string())),
      AnyInstance: boolean(),
      DryRun: boolean(),
    }),
    output: structure({
      NewCount: required(integer()),
      SameCount: required(integer()),
      HeartbeatCount: required(integer()),
      Refused: required(list(nested(refusedEvent))),
    }),
  },
  {
    permission: 'ContactRecords.Import',
    constraints: { ...instanceId, Records: items(1, mostEvents), 'Records[]': length(0, longestText) },
    prepare: ({ instance, now }, { Records: records, AnyInstance: anyInstance = false }) =>
      readAllEvents(records, { instance, anyInstance, now }),
    handler: async ({ db, instance }, { DryRun: dryRun = false }, { events, heartbeats, refused }) => {
      const counts = await importEvents(db, instance.id, events, { dryRun });
      const came = { New: counts.new, Same: counts.same, Heartbeats: heartbeats, Refused: refused.length };
      return {
        output: {
          NewCount: counts.new,
          SameCount: counts.same,
          HeartbeatCount: heartbeats,
          Refused: refused.map(({ index, field, reason }) => ({ Index: index, Field: field, Reason: reason })),
        },
        changes:
          !dryRun && counts.new > 0
            ? [
                updateOf(
                  'instance',
                  { id: instance.id, name: instance.alias ?? instance.id },
                  { AgentEvents: { Old: null, New: came } },
                ),
              ]
            : [],
      };
    },
  },
);
