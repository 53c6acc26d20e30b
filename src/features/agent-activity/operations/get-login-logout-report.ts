import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { pastWithin } from '../../../access/reach-over-past.ts';
import type { Db } from '../../../database/db.ts';
import { isUuid } from '../../../operations/arn.ts';
import { type Constraints, instanceId, items, length, range } from '../../../operations/constraints.ts';
import { csvAnswer, csvFile, lastOfFull } from '../../../operations/csv.ts';
import { defineExtensionRead, type InstanceContext } from '../../../operations/define-operation.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { andAll } from '../../../operations/search.ts';
import { integer, label, list, nested, required, string, structure, timestamp } from '../../../operations/shapes.ts';
import { checkTimeZone, requireDays } from '../../../operations/time-zone.ts';
import { deletionMarks } from '../../contacts/agents-today.ts';
import { nameable } from '../../contacts/reach.ts';
import { listSessions, type SessionKey, type SessionRange, type SessionRow } from '../read-store.ts';
import { localTimes, timeOf } from '../times.ts';

const mostDays = 7;
const permission = 'AgentTimeCard.View';

const members = {
  StartTime: required(timestamp()),
  EndTime: required(timestamp()),
  TimeZone: string(),
  Filters: nested(
    structure({
      AgentIds: list(string()),
      RoutingProfileIds: list(string()),
      HierarchyGroupIds: list(string()),
    }),
  ),
} as const;
const constraints = {
  ...instanceId,
  TimeZone: length(1, 64),
  'Filters.AgentIds': items(1, 100),
  'Filters.AgentIds[]': length(1, 512),
  'Filters.RoutingProfileIds': items(1, 100),
  'Filters.RoutingProfileIds[]': length(1, 512),
  'Filters.HierarchyGroupIds': items(1, 100),
  'Filters.HierarchyGroupIds[]': length(1, 512),
} satisfies Constraints;

const which =
  `Sessions with a login or a logout from StartTime (inclusive) to EndTime (exclusive), ${mostDays} days at most: of agents by their` +
  ' events, and of everybody on this website. Only a logout ends one; who closes the browser leaves it open. Routing profiles and' +
  ' hierarchy groups, also of the filters, are those at the login; a group finds those below it too.';

interface Asked {
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly TimeZone?: string | undefined;
  readonly Filters?:
    | {
        readonly AgentIds?: readonly string[] | undefined;
        readonly RoutingProfileIds?: readonly string[] | undefined;
        readonly HierarchyGroupIds?: readonly string[] | undefined;
      }
    | undefined;
}

/** @throws InvalidParameterException */
function rangeOf(context: InstanceContext<Db>, asked: Asked): SessionRange {
  const { StartTime: start, EndTime: end, TimeZone: timeZone, Filters: filters = {} } = asked;
  if (timeZone !== undefined) checkTimeZone(timeZone);
  requireDays(start, end, mostDays, { timeZone });
  const columns = { agentId: sql`t.agent_id`, snapshotId: sql`t.agent_snapshot_id` };
  const conditions: RawBuilder<SqlBool>[] = [pastWithin(context, [permission], columns)];
  const { AgentIds: agents, RoutingProfileIds: profiles, HierarchyGroupIds: groups } = filters;
  if (agents) conditions.push(sql`t.agent_id = any(${agents}::uuid[])`);
  if (profiles) conditions.push(sql`a.routing_profile_id = any(${profiles}::uuid[])`);
  if (groups) conditions.push(sql`a.hierarchy_group_ids && ${groups}::uuid[]`);
  return { instanceId: context.instance.id, start, end, condition: andAll(conditions) };
}

const token = 'login-logout';

function placeIn(given: string | undefined): SessionKey | null {
  const key = decodeToken(token, given, 3);
  if (!key) return null;
  const [at, agentId, source] = key;
  if (typeof agentId !== 'string' || !isUuid(agentId) || typeof source !== 'string') throw unusableToken();
  return { login: timeOf(at), agentId, source };
}

const secondsOf = ({ login, logout }: SessionRow) =>
  logout ? Math.round((logout.getTime() - login.getTime()) / 1000) : undefined;

const agentsOf = (rows: readonly SessionRow[]) => rows.map(({ agentId }) => agentId);

/** Whoever may not see a routing profile is told its id alone. */
async function profileNames(context: InstanceContext<Db>, rows: readonly SessionRow[]) {
  const ids = rows.flatMap(({ routingProfileId }) => routingProfileId ?? []);
  const mayBeNamed = await nameable(context.db, context, 'routing-profile', ids);
  return ({ routingProfileId: id, routingProfileName: name }: SessionRow) =>
    id !== null && mayBeNamed(id) ? (name ?? undefined) : undefined;
}

export const getLoginLogoutReport = defineExtensionRead(
  'GetLoginLogoutReport',
  {
    method: 'POST',
    uri: '/login-logout/{InstanceId}',
    summary: `The Login/Logout report. ${which} By login time. Source is EVENT or WEBSITE, Duration seconds; TimeZone is that of the file beside this.`,
    input: structure({ InstanceId: label(), ...members, MaxResults: integer(), NextToken: string() }),
    output: structure({
      Sessions: required(
        list(
          nested(
            structure({
              AgentId: required(string()),
              Username: required(string()),
              FirstName: string(),
              LastName: string(),
              RoutingProfile: nested(structure({ Id: required(string()), Name: string() })),
              LoginTime: required(timestamp()),
              LogoutTime: timestamp(),
              Duration: integer(),
              Source: required(string()),
              DeletedTime: timestamp(),
              /** Where the caller may be told. */
              DeletedBy: string(),
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
      const size = input.MaxResults ?? 1000;
      const found = await listSessions(context.db, rangeOf(context, input), placeIn(input.NextToken), size + 1);
      const page = pageOfRows(found, size, token, ({ login, agentId, source }) => [login.getTime(), agentId, source]);
      const profileName = await profileNames(context, page.rows);
      const deletionOf = await deletionMarks(context, agentsOf(page.rows));
      return {
        Sessions: page.rows.map((row) => ({
          AgentId: row.agentId,
          Username: row.username,
          FirstName: row.firstName ?? undefined,
          LastName: row.lastName ?? undefined,
          RoutingProfile: row.routingProfileId ? { Id: row.routingProfileId, Name: profileName(row) } : undefined,
          LoginTime: row.login,
          LogoutTime: row.logout ?? undefined,
          Duration: secondsOf(row),
          Source: row.source,
          DeletedTime: deletionOf(row.agentId)?.time,
          DeletedBy: deletionOf(row.agentId)?.by,
        })),
        NextToken: page.nextToken,
      };
    },
  },
);

const header = [
  'Login',
  'First name',
  'Last name',
  'Routing profile',
  'Login time',
  'Logout time',
  'Duration',
  'Source',
  'Agent ID',
  'Deleted',
];

export const downloadLoginLogoutReport = defineExtensionRead(
  'DownloadLoginLogoutReport',
  {
    method: 'POST',
    uri: '/login-logout/{InstanceId}/sessions.csv',
    summary: `What GetLoginLogoutReport answers as a CSV file (RFC 4180, UTF-8 with a byte order mark). ${which} Times are those of TimeZone, or UTC. A cell that a spreadsheet would run as a formula begins with an apostrophe.`,
    input: structure({ InstanceId: label(), ...members }),
    output: 'FILE',
  },
  {
    permission,
    constraints,
    handler: async (context, input) => {
      const asked = rangeOf(context, input);
      const local = localTimes(input.TimeZone ?? 'UTC');
      return csvAnswer(
        'login-logout',
        context.now,
        csvFile<{ row: SessionRow; profile: string | undefined; deleted: Date | undefined }, SessionKey>(
          header,
          ({ row, profile, deleted }) => [
            row.username,
            row.firstName ?? '',
            row.lastName ?? '',
            profile ?? row.routingProfileId ?? '',
            local(row.login),
            row.logout ? local(row.logout) : '',
            String(secondsOf(row) ?? ''),
            row.source,
            row.agentId,
            deleted ? local(deleted) : '',
          ],
          async (after, limit) => {
            const rows = await listSessions(context.db, asked, after, limit);
            const profileName = await profileNames(context, rows);
            const deletionOf = await deletionMarks(context, agentsOf(rows));
            return {
              items: rows.map((row) => ({ row, profile: profileName(row), deleted: deletionOf(row.agentId)?.time })),
              last: lastOfFull(rows, limit),
            };
          },
        ),
      );
    },
  },
);
