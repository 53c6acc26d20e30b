import { sql } from 'kysely';
import type { PermissionId } from '../../../access/permissions.ts';
import { pastWithin } from '../../../access/reach-over-past.ts';
import type { Db } from '../../../database/db.ts';
import { isUuid } from '../../../operations/arn.ts';
import { type Constraints, instanceId, items, length, range } from '../../../operations/constraints.ts';
import { csvAnswer, csvFile, lastOfFull } from '../../../operations/csv.ts';
import { defineExtensionRead, type InstanceContext } from '../../../operations/define-operation.ts';
import { accessDenied } from '../../../operations/errors.ts';
import { decodeToken, encodeToken, unusableToken } from '../../../operations/paging.ts';
import { integer, label, list, nested, required, string, structure, timestamp } from '../../../operations/shapes.ts';
import { checkTimeZone, requireDays } from '../../../operations/time-zone.ts';
import { livingAmong } from '../../contacts/agents-today.ts';
import { type AuditLine, auditLines } from '../audit-report.ts';
import type { ActivityRange, SegmentKey } from '../read-store.ts';
import { localTimes, timeOf } from '../times.ts';

const mostDays = 90;
const permission: readonly PermissionId[] = ['AccessMetrics', 'AccessMetrics.AgentActivityAudit.Access'];
const includeDeleted: PermissionId = 'AccessMetrics.AgentActivityAudit.IncludeDeleted';

const members = {
  AgentIds: required(list(string())),
  StartTime: required(timestamp()),
  EndTime: required(timestamp()),
  TimeZone: string(),
} as const;
const constraints = {
  ...instanceId,
  AgentIds: items(1, 1000),
  'AgentIds[]': length(1, 512),
  TimeZone: length(1, 64),
} satisfies Constraints;

const which =
  `of the agents with these ids, from StartTime (inclusive) to EndTime (exclusive), ${mostDays} days at most. Agents who have` +
  ` been deleted are refused to whoever has not the permission ${includeDeleted}.`;

interface Asked {
  readonly AgentIds: readonly string[];
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly TimeZone?: string | undefined;
}

/** @throws InvalidParameterException, AccessDeniedException */
async function rangeOf(context: InstanceContext<Db>, asked: Asked): Promise<ActivityRange> {
  const { db, instance, access } = context;
  const { AgentIds: agentIds, StartTime: start, EndTime: end, TimeZone: timeZone } = asked;
  if (timeZone !== undefined) checkTimeZone(timeZone);
  requireDays(start, end, mostDays, { timeZone });
  if (!access.holds([includeDeleted])) {
    const living = await livingAmong(db, instance.id, agentIds);
    const gone = agentIds.find((id) => !living.has(id));
    if (gone !== undefined) {
      throw accessDenied(
        `The agent ${gone} is no user of this instance, or no more. Without the permission ${includeDeleted} the activity of` +
          ' such agents cannot be read.',
      );
    }
  }
  const columns = { agentId: sql`s.agent_id`, snapshotId: sql`s.agent_snapshot_id` };
  return { instanceId: instance.id, agentIds, start, end, condition: pastWithin(context, permission, columns) };
}

const token = 'agent-activity';

function placeIn(given: string | undefined): SegmentKey | null {
  const key = decodeToken(token, given, 2);
  if (!key) return null;
  const [agentId, at] = key;
  if (typeof agentId !== 'string' || !isUuid(agentId)) throw unusableToken();
  return { agentId, start: timeOf(at) };
}

const secondsOf = ({ start, end }: AuditLine) => end && Math.round((end.getTime() - start.getTime()) / 1000);

export const getAgentActivity = defineExtensionRead(
  'GetAgentActivity',
  {
    method: 'POST',
    uri: '/agent-activity/{InstanceId}',
    summary: `The Agent activity audit: every status and what the contacts did, in Connect’s words, ${which} By agent, then by time; what is known last has no EndTime. Duration is seconds; TimeZone is that of the file beside this.`,
    input: structure({ InstanceId: label(), ...members, MaxResults: integer(), NextToken: string() }),
    output: structure({
      Intervals: required(
        list(
          nested(
            structure({
              AgentId: required(string()),
              Username: required(string()),
              StartTime: required(timestamp()),
              EndTime: timestamp(),
              Duration: integer(),
              Status: required(string()),
              StatusType: required(string()),
            }),
          ),
        ),
      ),
      NextToken: string(),
    }),
  },
  {
    permission,
    constraints: { ...constraints, MaxResults: range(1, 1000), NextToken: length(1, 2500) },
    handler: async (context, input) => {
      const asked = await rangeOf(context, input);
      const size = input.MaxResults ?? 1000;
      const lines = await auditLines(context.db, asked, placeIn(input.NextToken), size + 1);
      const shown = lines.slice(0, size);
      const last = lines.length > size ? shown.at(-1)?.last : undefined;
      return {
        Intervals: shown.map((line) => ({
          AgentId: line.agentId,
          Username: line.username,
          StartTime: line.start,
          EndTime: line.end ?? undefined,
          Duration: secondsOf(line) ?? undefined,
          Status: line.status,
          StatusType: line.statusType,
        })),
        NextToken: last && encodeToken(token, [last.agentId, last.start.getTime()]),
      };
    },
  },
);

const header = ['Agent', 'Start', 'End', 'Duration', 'Status', 'Status type', 'Agent ID'];

export const downloadAgentActivity = defineExtensionRead(
  'DownloadAgentActivity',
  {
    method: 'POST',
    uri: '/agent-activity/{InstanceId}/activity.csv',
    summary: `What GetAgentActivity answers as a CSV file (RFC 4180, UTF-8 with a byte order mark), ${which} Times are those of TimeZone, or UTC. A cell that a spreadsheet would run as a formula begins with an apostrophe.`,
    input: structure({ InstanceId: label(), ...members }),
    output: 'FILE',
  },
  {
    permission,
    constraints,
    handler: async (context, input) => {
      const asked = await rangeOf(context, input);
      const local = localTimes(input.TimeZone ?? 'UTC');
      return csvAnswer(
        'agent-activity',
        context.now,
        csvFile<AuditLine, SegmentKey>(
          header,
          (line) => [
            line.username,
            local(line.start),
            line.end ? local(line.end) : '',
            String(secondsOf(line) ?? ''),
            line.status,
            line.statusType,
            line.agentId,
          ],
          async (after, limit) => {
            const items = await auditLines(context.db, asked, after, limit);
            return { items, last: lastOfFull(items, limit)?.last ?? null };
          },
        ),
      );
    },
  },
);
