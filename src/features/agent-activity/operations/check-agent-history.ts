import { instanceId, length } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { invalidParameter, OperationError } from '../../../operations/errors.ts';
import { integer, label, list, nested, required, string, structure, timestamp } from '../../../operations/shapes.ts';
import { requireDays } from '../../../operations/time-zone.ts';
import { requireEverybody } from '../../contacts/history-import.ts';
import { agentsCalled, checkAgent, mostChecked } from '../check.ts';

const mostDays = 7;

export const checkAgentHistory = defineExtensionRead(
  'CheckAgentHistory',
  {
    method: 'POST',
    uri: '/agent-events/{InstanceId}/checks',
    summary:
      'Works out anew from the agent events, slowly, what an agent with this login did from StartTime to EndTime, in whole' +
      ` quarters of an hour, ${mostDays} days and ${mostChecked} events at most, and says where what is kept for the reports differs from it.`,
    input: structure({
      InstanceId: label(),
      Login: required(string()),
      StartTime: required(timestamp()),
      EndTime: required(timestamp()),
    }),
    output: structure({
      EventCount: required(integer()),
      Differences: required(
        list(nested(structure({ What: required(string()), Kept: string(), Recomputed: string() }))),
      ),
    }),
  },
  {
    permission: 'ContactRecords.Import',
    constraints: { ...instanceId, Login: length(1, 100) },
    handler: async (context, { Login: login, StartTime: start, EndTime: end }) => {
      requireEverybody(context);
      const { db, instance } = context;
      requireDays(start, end, mostDays);
      let events = 0;
      const differences: { What: string; Kept: string | undefined; Recomputed: string | undefined }[] = [];
      const ids = await agentsCalled(db, instance.id, login);
      if (ids.length === 0) {
        throw new OperationError('ResourceNotFoundException', `The history knows no agent with the login ${login}.`);
      }
      for (const id of ids) {
        const checked = await checkAgent(db, instance.id, id, { start, end, most: mostChecked - events });
        if (!checked) {
          throw invalidParameter(`Only ${mostChecked} events can be worked out anew at once. Choose a shorter time.`);
        }
        events += checked.events;
        for (const { what, kept, recomputed } of checked.differences) {
          differences.push({ What: what, Kept: kept ?? undefined, Recomputed: recomputed ?? undefined });
        }
      }
      return { EventCount: events, Differences: differences };
    },
  },
);
