import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { isUuid } from '../../operations/arn.ts';
import type { InputOf } from '../../operations/connect-types.ts';
import { type Constraints, items, length, oneOf, pattern } from '../../operations/constraints.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { accessDenied, invalidParameter } from '../../operations/errors.ts';
import { decodeToken, encodeToken, unusableToken } from '../../operations/paging.ts';
import { andAll, escapeLike, orAny, tagFilterCondition } from '../../operations/search.ts';
import { recordedCondition } from '../recordings/listed.ts';
import { type RecordedKind, recordedKinds } from '../recordings/rules.ts';
import { contactsWithin } from './reach.ts';

/** What SearchContacts takes to choose contacts, in their order; the website's list chooses with the same. */
export type ContactSearch = Pick<InputOf<'SearchContacts'>, 'TimeRange' | 'SearchCriteria' | 'Sort'>;

type Criteria = NonNullable<ContactSearch['SearchCriteria']>;
type TimeRange = ContactSearch['TimeRange'];
type TimeType = TimeRange['Type'];
type SortField = NonNullable<ContactSearch['Sort']>['FieldName'];

/** What the website's list takes besides. */
export interface ContactListSearch extends ContactSearch {
  /** The one contact, whatever else is asked. */
  readonly ContactId?: string | undefined;
  readonly RoutingProfileIds?: readonly string[] | undefined;
  /** How the customer's or the system's address begins, in any case. */
  readonly Endpoint?: string | undefined;
  /** Those that have something of any of these kinds to listen to or to read. */
  readonly Recorded?: readonly RecordedKind[] | undefined;
}

/** For every operation whose input holds a ContactSearch. */
export const contactSearchConstraints = {
  'SearchCriteria.AgentIds': items(0, 100),
  'SearchCriteria.AgentIds[]': length(1, 256),
  'SearchCriteria.QueueIds': items(0, 100),
  ...Object.fromEntries([1, 2, 3, 4, 5].map((level) => [`AgentHierarchyGroups.L${level}Ids`, items(0, 10)])),
  'NameCriteria.SearchText': items(0, 100),
  'NameCriteria.SearchText[]': length(0, 128),
  'SearchableContactAttributes.Criteria': items(0, 15),
  'SearchableContactAttributesCriteria.Key': length(1, 100),
  'SearchableContactAttributesCriteria.Values': items(0, 20),
  'SearchableContactAttributesCriteria.Values[]': length(0, 100),
  'SearchableSegmentAttributes.Criteria': items(1, 15),
  'SearchableSegmentAttributesCriteria.Key': length(1, 64),
  'SearchableSegmentAttributesCriteria.Values': items(1, 20),
  'SearchableSegmentAttributesCriteria.Values[]': length(0, 128),
  // Refused, whatever they hold; but what comes from outside has an end first.
  'SearchCriteria.ActiveRegions[]': pattern(/^[a-z]{2}(-[a-z]+){1,2}(-[0-9])?$/, 'a Region such as us-east-1'),
  'SearchableAgentCriteriaStep.AgentIds': items(0, 100),
  'SearchableAgentCriteriaStep.AgentIds[]': length(1, 256),
  'Transcript.Criteria': items(0, 6),
  'TranscriptCriteria.SearchText': items(0, 100),
  'TranscriptCriteria.SearchText[]': length(0, 128),
} satisfies Constraints;

/** For every operation whose input holds a ContactListSearch. */
export const contactListConstraints = {
  ...contactSearchConstraints,
  ContactId: length(1, 256),
  RoutingProfileIds: items(0, 100),
  'RoutingProfileIds[]': length(1, 256),
  Endpoint: length(1, 256),
  Recorded: items(0, recordedKinds.length),
  'Recorded[]': oneOf(...recordedKinds),
} satisfies Constraints;

/** API Reference, SearchContactsTimeRange. */
const longestRangeDays = 56;
/** As on Connect's page; counting more would cost more than finding the page. */
export const mostCounted = 10_000;

const timeColumns: Readonly<Record<TimeType, string>> = {
  INITIATION_TIMESTAMP: 'initiation_time',
  SCHEDULED_TIMESTAMP: 'scheduled_time',
  CONNECTED_TO_AGENT_TIMESTAMP: 'connected_to_agent_time',
  DISCONNECT_TIMESTAMP: 'disconnect_time',
  ENQUEUE_TIMESTAMP: 'enqueue_time',
};
const sortColumns: Readonly<Record<SortField | TimeType, string | null>> = {
  ...timeColumns,
  INITIATION_METHOD: 'initiation_method',
  CHANNEL: 'channel',
  // Contacts do not expire here.
  EXPIRY_TIMESTAMP: null,
};

/** There is nothing of what these look at. */
const absent = {
  ContactAnalysis: 'There is no analysis of conversations here: leave ContactAnalysis out.',
  RoutingCriteria: 'Routing criteria of contacts cannot be searched: leave RoutingCriteria out.',
  ActiveRegions: 'Contacts are of one Region here: leave ActiveRegions out.',
  AiAgents: 'There are no AI agents here: leave AiAgents out.',
} as const satisfies Partial<Record<keyof Criteria, string>>;

/**
 * The contacts that a search finds among those that the caller sees, as a condition on `contact c`.
 * @throws InvalidParameterException; AccessDeniedException for attributes that the caller may not see
 */
export function contactSearchCondition(
  context: InstanceContext<Db | Tx>,
  { TimeRange: range, SearchCriteria: criteria = {} }: ContactSearch,
): RawBuilder<SqlBool> {
  for (const [member, message] of Object.entries(absent)) {
    if (criteria[member as keyof typeof absent] !== undefined) throw invalidParameter(message);
  }
  return andAll([
    sql<SqlBool>`c.instance_id = ${context.instance.id}`,
    contactsWithin(context),
    mainRange(range),
    ...among(sql`c.agent_id`, 'uuid', criteria.AgentIds),
    ...among(sql`c.queue_id`, 'uuid', criteria.QueueIds),
    ...among(sql`c.channel`, 'text', criteria.Channels),
    ...among(sql`c.initiation_method`, 'text', criteria.InitiationMethods),
    ...hierarchyConditions(context.instance.id, criteria.AgentHierarchyGroups),
    ...(criteria.Name ? [nameCondition(criteria.Name)] : []),
    ...(criteria.ContactTags ? [tagFilterCondition(sql`c.tags`, criteria.ContactTags)] : []),
    ...(criteria.SearchableContactAttributes
      ? [attributesCondition(context, criteria.SearchableContactAttributes)]
      : []),
    ...(criteria.SearchableSegmentAttributes ? [segmentsCondition(criteria.SearchableSegmentAttributes)] : []),
    ...(criteria.AdditionalTimeRange ? [additionalCondition(criteria.AdditionalTimeRange)] : []),
  ]);
}

/** The same with what the website's list can ask besides. @throws as contactSearchCondition */
export function contactListCondition(
  context: InstanceContext<Db | Tx>,
  search: ContactListSearch,
): RawBuilder<SqlBool> {
  const { ContactId: contactId, RoutingProfileIds: profiles, Endpoint: endpoint, Recorded: recorded } = search;
  const { id } = context.instance;
  if (contactId !== undefined) {
    return andAll([
      sql<SqlBool>`c.instance_id = ${id}`,
      contactsWithin(context),
      sql<SqlBool>`c.contact_id = ${contactId}`,
    ]);
  }
  const start = `${escapeLike(endpoint ?? '')}%`;
  const begins = (column: 'customer_endpoint' | 'system_endpoint') =>
    sql<SqlBool>`lower(${sql.ref(`c.${column}`)}) like lower(${start})`;
  return andAll([
    contactSearchCondition(context, search),
    ...(profiles?.length
      ? [
          sql<SqlBool>`c.agent_snapshot_id in (
            select s.id from agent_snapshot s
            where s.instance_id = ${id} and s.routing_profile_id = any(${profiles}::uuid[]))`,
        ]
      : []),
    ...(recorded?.length ? [recordedCondition(context, recorded)] : []),
    ...(endpoint === undefined ? [] : [orAny([begins('customer_endpoint'), begins('system_endpoint')])]),
  ]);
}

function mainRange(range: TimeRange): RawBuilder<SqlBool> {
  const days = (range.EndTime.getTime() - range.StartTime.getTime()) / 86_400_000;
  if (days < 0) throw invalidParameter('The EndTime of TimeRange is before its StartTime.');
  // An hour more where the clock of whoever asks is put back within them.
  if (days > longestRangeDays + 1 / 24) throw invalidParameter('TimeRange may span 8 weeks at most.');
  return rangeCondition(range);
}

const timeColumn = (type: TimeType) => sql.ref(`c.${timeColumns[type]}`);

const rangeCondition = ({ Type: type, StartTime: start, EndTime: end }: TimeRange) =>
  sql<SqlBool>`(${timeColumn(type)} >= ${start} and ${timeColumn(type)} < ${end})`;

/** None of them is no condition. */
function among(column: RawBuilder<unknown>, type: 'uuid' | 'text', values: readonly string[] | undefined) {
  return values?.length ? [sql<SqlBool>`${column} = any(${values}::${sql.raw(type)}[])`] : [];
}

/** In any of the groups, each at its level. */
function hierarchyConditions(instanceId: string, groups: Criteria['AgentHierarchyGroups']): RawBuilder<SqlBool>[] {
  const levels = [groups?.L1Ids, groups?.L2Ids, groups?.L3Ids, groups?.L4Ids, groups?.L5Ids];
  const each = levels.flatMap((ids, index) =>
    ids?.length ? [sql<SqlBool>`s.hierarchy_group_ids[${index + 1}::int] = any(${ids}::uuid[])`] : [],
  );
  if (each.length === 0) return [];
  return [
    sql<SqlBool>`c.agent_snapshot_id in (
      select s.id from agent_snapshot s where s.instance_id = ${instanceId} and ${orAny(each)})`,
  ];
}

type Match = 'MATCH_ALL' | 'MATCH_ANY' | 'MATCH_EXACT' | 'MATCH_NONE';

/** No condition at all does not restrict. */
function matched(conditions: readonly RawBuilder<SqlBool>[], match: Match | undefined): RawBuilder<SqlBool> {
  if (conditions.length === 0) return andAll([]);
  if (match === 'MATCH_ANY') return orAny(conditions);
  return match === 'MATCH_NONE' ? sql<SqlBool>`not coalesce(${orAny(conditions)}, false)` : andAll(conditions);
}

function nameCondition({ SearchText: texts, MatchType: match }: NonNullable<Criteria['Name']>): RawBuilder<SqlBool> {
  const conditions = texts.map((text) =>
    match === 'MATCH_EXACT'
      ? sql<SqlBool>`lower(c.name) = lower(${text})`
      : sql<SqlBool>`lower(c.name) like lower(${`%${escapeLike(text)}%`})`,
  );
  return match === 'MATCH_EXACT' ? orAny(conditions) : matched(conditions, match);
}

function attributesCondition(
  context: InstanceContext<Db | Tx>,
  { Criteria: criteria, MatchType: match }: NonNullable<Criteria['SearchableContactAttributes']>,
): RawBuilder<SqlBool> {
  if (!context.access.holds(['ContactAttributes.View'])) {
    throw accessDenied('Contacts are searched by their attributes with the permission ContactAttributes.View only.');
  }
  const found = matched(
    criteria.map(({ Key: key, Values: values }) =>
      values.length > 0
        ? sql<SqlBool>`c.attributes ->> ${key} = any(${values}::text[])`
        : sql<SqlBool>`c.attributes ? ${key}`,
    ),
    match,
  );
  // That a search finds them would tell of those whose attributes the caller may not see.
  return andAll([contactsWithin(context, 'ContactAttributes.View'), found]);
}

const subtypeKey = 'connect:Subtype';

function segmentsCondition({
  Criteria: criteria,
  MatchType: match,
}: NonNullable<Criteria['SearchableSegmentAttributes']>): RawBuilder<SqlBool> {
  if (criteria.some(({ Key: key }) => key !== subtypeKey)) {
    throw invalidParameter(`Of segment attributes, ${subtypeKey} alone can be searched.`);
  }
  return matched(
    criteria.map(({ Values: values }) => sql<SqlBool>`c.subtype = any(${values}::text[])`),
    match,
  );
}

function additionalCondition({
  Criteria: criteria,
  MatchType: match,
}: NonNullable<Criteria['AdditionalTimeRange']>): RawBuilder<SqlBool> {
  return matched(
    criteria.map(({ TimeRange: range, TimestampCondition: condition }) => {
      if ((range === undefined) === (condition === undefined)) {
        throw invalidParameter('Each of the Criteria of AdditionalTimeRange has a TimeRange or a TimestampCondition.');
      }
      return range
        ? rangeCondition(range)
        : sql<SqlBool>`${timeColumn(condition?.Type ?? 'INITIATION_TIMESTAMP')} is null`;
    }),
    match,
  );
}

// ---- Pages ----------------------------------------------------------------------------------------------------------

export interface ContactPage {
  readonly kind: string;
  readonly key: RawBuilder<unknown>;
  readonly descending: boolean;
  /** Times in a token are ISO 8601. */
  readonly isTime: boolean;
  readonly after: { readonly key: string; readonly contactId: string } | null;
  /** How many are passed over. */
  readonly start: number;
  readonly size: number;
}

/** Newest first, if the request does not say. @throws InvalidParameterException for a token of another search */
export function contactPage(
  { TimeRange: range, Sort: sort }: ContactSearch,
  {
    NextToken: token,
    StartIndex: start = 0,
    MaxResults: size = 100,
  }: {
    readonly NextToken?: string | undefined;
    readonly StartIndex?: number | undefined;
    readonly MaxResults?: number | undefined;
  },
): ContactPage {
  const field = sort?.FieldName ?? range.Type;
  const column = sortColumns[field];
  if (!column) throw invalidParameter('Contacts do not expire here: sort by another FieldName.');
  if (start > 0 && token !== undefined) throw invalidParameter('A page has a StartIndex or a NextToken, not both.');
  const descending = sort?.Order !== 'ASCENDING';
  const isTime = Object.hasOwn(timeColumns, field);
  const kind = `contacts ${column} ${descending}`;
  // What the range is of is there; of the rest the absent come last when descending. The index is on the bare column.
  const bare = !isTime || field === range.Type || column === 'initiation_time';
  const key = bare ? sql.ref(`c.${column}`) : sql`coalesce(${sql.ref(`c.${column}`)}, '-infinity')`;
  return { kind, key, descending, isTime, after: keyIn(decodeToken(kind, token, 2), isTime), start, size };
}

/** As a token of ours has it: what JavaScript reads besides, such as a 30 February or a year 0, PostgreSQL refuses. */
function isIso(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text && /^(?!0000)\d{4}-/.test(text);
}

function keyIn(parts: readonly (string | number)[] | null, isTime: boolean): ContactPage['after'] {
  if (!parts) return null;
  const [key, contactId] = parts;
  if (typeof key !== 'string' || typeof contactId !== 'string' || !isUuid(contactId)) throw unusableToken();
  if (isTime && key !== '-infinity' && !isIso(key)) throw unusableToken();
  return { key, contactId };
}

/** For the rows behind the page before. */
export function pageClause({ key, descending, isTime, after }: ContactPage) {
  const direction = descending ? sql`desc` : sql`asc`;
  const value = after && (isTime ? sql`${after.key}::timestamptz` : sql`${after.key}`);
  // The contact's id ascends in either order, as in the indexes.
  const behind = after
    ? sql<SqlBool>`(${key} ${descending ? sql`<` : sql`>`} ${value} or (${key} = ${value} and c.contact_id > ${after.contactId}::uuid))`
    : andAll([]);
  // Bounded from one side by itself, so that the index is entered where the page begins.
  const entered = after ? sql<SqlBool>`${key} ${descending ? sql`<=` : sql`>=`} ${value}` : andAll([]);
  return { condition: andAll([entered, behind]), direction };
}

/** The token of what follows, from the last row that is shown. */
export function tokenAfter(page: ContactPage, last: { readonly sortKey: unknown; readonly contactId: string }): string {
  const { sortKey } = last;
  const key =
    sortKey instanceof Date
      ? sortKey.toISOString()
      : sortKey === null || typeof sortKey === 'number'
        ? '-infinity'
        : String(sortKey);
  return encodeToken(page.kind, [key, last.contactId]);
}
