import type pg from 'pg';
import { type Act, type Given, type History, type Intent, type Resource, type State, text } from './history.ts';

/**
 * Compares what clients did and were told with what stands in the tables, read with SQL of its own: nothing of src is
 * used, so that it cannot be wrong in the same way. To be called when no batch runs and no client acts.
 * Answers what is wrong, each in a sentence.
 *
 * Everything hangs on one thing: each audit entry is claimed by exactly one act or one record of a batch, and each of
 * these that was acknowledged claims its own. What was lost then lacks an entry, what was done twice has one too many,
 * and what was refused or invented has one that nobody claims. The records themselves are held against the audit.
 */
export async function check(client: pg.Client, history: History): Promise<string[]> {
  const tables = await read(client, history);
  const faults: string[] = [];
  const report: Report = (fault) => void faults.push(fault);
  checkAnswers(history, report);
  const unclaimed = checkClaims(history, tables, report);
  checkRecords(history, tables, unclaimed, report);
  checkFeed(tables, report);
  checkBatches(history, tables, report);
  checkQuickConnects(tables, report);
  return faults;
}

type Report = (fault: string) => void;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: State;
}

interface Entry {
  readonly id: string;
  readonly operation: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly change: string;
  readonly userBatchId: string | null;
  readonly requestId: string;
  readonly pointedAt: string | null;
}

interface BatchRow {
  readonly id: string;
  readonly status: string;
  readonly requestId: string;
  readonly clientToken: string | null;
  readonly retryOf: string | null;
  readonly quickConnects: 'DELETE' | 'KEEP';
  readonly requested: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly retryable: number;
  readonly stopped: number;
  readonly quickConnectsDeleted: number;
  readonly started: boolean;
  readonly ended: boolean;
  readonly dismissed: boolean;
}

interface RecordRow {
  readonly batch: string;
  readonly position: number;
  readonly userId: string | null;
  readonly username: string | null;
  readonly status: string;
  readonly errorCode: string | null;
  readonly retryable: boolean | null;
  readonly quickConnectsDeleted: number;
  readonly timed: boolean;
}

interface Tables {
  readonly rows: Readonly<Record<Resource, ReadonlyMap<string, Row>>>;
  readonly pointing: readonly { readonly id: string; readonly userId: string }[];
  readonly entries: readonly Entry[];
  readonly feed: ReadonlyMap<string, number>;
  readonly batches: ReadonlyMap<string, BatchRow>;
  readonly recordsOf: ReadonlyMap<string, readonly RecordRow[]>;
}

const resources: readonly Resource[] = ['agent', 'transfer-destination', 'security-profile'];

/** All records of one kind as the history describes them. */
const selects: Readonly<Record<Resource, string>> = {
  agent: `select u.id, u.username as name,
      array[u.first_name, u.last_name, u.email, u.secondary_email, u.mobile] as identity,
      to_jsonb(array[u.phone_type, u.desk_phone_number]) || to_jsonb(u.after_contact_work_time_limit) as phone,
      array(select p.security_profile_id::text from user_security_profile p where p.user_id = u.id order by p.position) as profiles,
      array[u.routing_profile_id::text] as routing, array[u.hierarchy_group_id::text] as hierarchy,
      array[u.tags ->> 'Mark', u.tags ->> 'Twin'] as marks
    from users u`,
  'transfer-destination': `select q.id, q.name, array[q.name, q.description] as registered_name,
      array[q.type, q.user_id::text, q.phone_number] as target, array[q.tags ->> 'Mark', q.tags ->> 'Twin'] as marks
    from quick_connect q`,
  'security-profile': `select s.id, s.name,
      array[s.description] || array(select p from unnest(s.permissions) p order by p collate "C") as settings,
      array[s.tags ->> 'Mark', s.tags ->> 'Twin'] as marks
    from security_profile s`,
};

async function rowsOf(client: pg.Client, resource: Resource): Promise<Map<string, Row>> {
  const { rows } = await client.query<{ id: string; name: string }>(selects[resource]);
  return new Map(
    rows.map(({ id, name, ...registers }) => {
      const state = Object.entries(registers).map(([register, values]) => [
        register === 'registered_name' ? 'name' : register,
        text(...(values as readonly unknown[])),
      ]);
      return [id, { id, name, state: Object.fromEntries(state) }];
    }),
  );
}

/** The tables as they are, as the beginning of a history. */
export async function beginHistory(client: pg.Client): Promise<History> {
  const idsOf = async (table: string) => {
    const { rows } = await client.query<{ id: string }>(`select id from ${table}`);
    return new Set(rows.map(({ id }) => id));
  };
  const history: History = {
    acts: [],
    given: [],
    auditBefore: await idsOf('audit_entry'),
    feedBefore: await idsOf('change_entry'),
  };
  await addGiven(client, history, () => true);
  return history;
}

/** Takes as given what was put into the tables past the API. */
export async function addGiven(
  client: pg.Client,
  history: History,
  isOne: (resource: Resource, row: Row) => boolean,
): Promise<readonly Given[]> {
  const added: Given[] = [];
  for (const resource of resources) {
    for (const row of (await rowsOf(client, resource)).values()) {
      if (isOne(resource, row)) added.push({ resource, ...row });
    }
  }
  history.given.push(...added);
  return added;
}

async function read(client: pg.Client, history: History): Promise<Tables> {
  const agent = await rowsOf(client, 'agent');
  const destination = await rowsOf(client, 'transfer-destination');
  const profile = await rowsOf(client, 'security-profile');
  const pointing = await client.query<{ id: string; userId: string }>(
    `select id, user_id as "userId" from quick_connect where type = 'USER'`,
  );
  const entries = await client.query<Entry>(
    `select id, operation, resource_type as "resourceType", resource_id as "resourceId", resource_name as "resourceName",
      change, user_batch_id as "userBatchId", request_id as "requestId", details #>> '{QuickConnectConfig,UserConfig,UserId}' as "pointedAt"
    from audit_entry`,
  );
  const feed = await client.query<{ id: string; type: string; resource: string; change: string }>(
    'select id, resource_type as type, resource_id as resource, change from change_entry',
  );
  const batches = await client.query<BatchRow>(
    `select id, status, request_id as "requestId", client_token as "clientToken", retry_of as "retryOf",
      instructions ->> 'QuickConnects' as "quickConnects", requested_count as requested, succeeded_count as succeeded,
      failed_count as failed, retryable_count as retryable, stopped_count as stopped,
      coalesce((kind_counts ->> 'QuickConnectsDeleted')::int, 0) as "quickConnectsDeleted", start_time is not null as started,
      end_time is not null as ended, dismissed_time is not null as dismissed
    from user_batch`,
  );
  const records = await client.query<RecordRow>(
    `select user_batch_id as batch, position, user_id as "userId", username, status, error_code as "errorCode",
      retryable, coalesce((kind_counts ->> 'QuickConnectsDeleted')::int, 0) as "quickConnectsDeleted", time is not null as timed
    from user_batch_record order by user_batch_id, position`,
  );
  const fed = new Map<string, number>();
  for (const { id, type, resource, change } of feed.rows) {
    if (!history.feedBefore.has(id)) add(fed, `${change} ${type} ${resource}`);
  }
  return {
    rows: { agent, 'transfer-destination': destination, 'security-profile': profile },
    pointing: pointing.rows,
    entries: entries.rows.filter(({ id }) => !history.auditBefore.has(id)),
    feed: fed,
    batches: new Map(batches.rows.map((batch) => [batch.id, batch])),
    recordsOf: groupBy(records.rows, ({ batch }) => batch),
  };
}

/** Whoever is not disturbed gets an answer. */
function checkAnswers({ acts }: History, report: Report): void {
  for (const act of acts) {
    if (act.outcome === 'UNCLEAR' && !act.disturbed) report(`Without any disturbance, no clear answer: ${say(act)}.`);
  }
}

/**
 * Finds the one whose doing each audit entry is. Answers the entries of acts whose answer was unclear, by what they did.
 */
function checkClaims(history: History, tables: Tables, report: Report): ReadonlyMap<string, readonly Entry[]> {
  const { acts } = history;
  const byRequest = groupBy(
    acts.filter(({ requestId, outcome }) => requestId !== null && outcome !== 'UNCLEAR'),
    ({ requestId }) => requestId ?? '',
  );
  const claimed = new Map<Act, number>();
  const unclear = groupBy(
    acts.filter(({ outcome }) => outcome === 'UNCLEAR'),
    ({ operation, intent }) => claimOf(operation, intent),
  );
  const taken = new Map<string, Entry[]>();
  const byBatch = new Map<string, number>();

  for (const entry of tables.entries) {
    if (entry.userBatchId !== null) {
      add(byBatch, `${entry.userBatchId} ${entry.resourceType} ${entry.pointedAt ?? entry.resourceId}`);
      if (entry.change !== 'DELETED' || entry.operation !== 'StartUserDeletion') {
        report(`A user batch did what it cannot do: ${sayEntry(entry)}.`);
      }
      continue;
    }
    const [asked, ...others] = byRequest.get(entry.requestId) ?? [];
    if (others.length > 0) report(`Two answers have the request id ${entry.requestId}.`);
    if (asked) {
      add(claimed, asked);
      if (asked.outcome === 'REFUSED') report(`Refused, and done all the same: ${say(asked)}; ${sayEntry(entry)}.`);
      else if (!fits(asked, entry))
        report(`Something else was done than was asked: ${say(asked)}; ${sayEntry(entry)}.`);
      continue;
    }
    // Of an act that made something only the name tells; whose batch it is, checkBatches finds out.
    const what = entry.change === 'CREATED' ? entry.resourceName : entry.resourceId;
    const claim =
      entry.operation === 'StartUserDeletion'
        ? entry.operation
        : claimText(entry.operation, retriedBatch(entry, tables) ?? what);
    const sofar = taken.get(claim) ?? [];
    taken.set(claim, [...sofar, entry]);
    if (sofar.length >= (unclear.get(claim)?.length ?? 0)) {
      report(`Done, but nobody asked for it: ${sayEntry(entry)}.`);
    }
  }

  const repeated = new Set<string>();
  for (const act of acts) {
    if (act.outcome !== 'ACKNOWLEDGED') continue;
    const times = claimed.get(act) ?? 0;
    if (times > 1) report(`Audited ${times} times: ${say(act)}.`);
    const { intent } = act;
    const mayLeaveNone =
      intent.kind === 'STEER' ||
      intent.kind === 'START' ||
      intent.kind === 'RETRY' ||
      (intent.kind === 'CHANGE' && intent.mayBeSo);
    if (times === 0 && !mayLeaveNone) report(`Acknowledged, but in no audit entry: ${say(act)}.`);
    if (intent.kind === 'CREATE') {
      if (act.id === null) report(`Acknowledged without an id: ${say(act)}.`);
      else if (repeated.has(act.id)) report(`Two creations were answered with one id: ${say(act)}.`);
      else repeated.add(act.id);
    }
  }

  for (const records of tables.recordsOf.values()) {
    for (const record of records) {
      const { batch, userId, status, quickConnectsDeleted } = record;
      const times = byBatch.get(`${batch} agent ${userId}`) ?? 0;
      const quickConnects = byBatch.get(`${batch} transfer-destination ${userId}`) ?? 0;
      if (times !== (status === 'SUCCEEDED' ? 1 : 0)) {
        report(`The deletion of ${sayRecord(record)} was audited ${times} times.`);
      }
      if (quickConnects !== quickConnectsDeleted) {
        report(
          `${quickConnects} deleted quick connects were audited for ${sayRecord(record)}, which counts ${quickConnectsDeleted}.`,
        );
      }
      byBatch.delete(`${batch} agent ${userId}`);
      byBatch.delete(`${batch} transfer-destination ${userId}`);
    }
  }
  for (const [what, times] of byBatch)
    report(`Audited ${times} times for a user batch that has no such record: ${what}.`);
  return taken;
}

const claimText = (operation: string, what: string) => `${operation} ${what}`;

function claimOf(operation: string, intent: Intent): string {
  if (intent.kind === 'START') return operation;
  if (intent.kind === 'CREATE') return claimText(operation, intent.name);
  return claimText(operation, intent.kind === 'STEER' || intent.kind === 'RETRY' ? intent.batch : intent.id);
}

/** The batch that a retry was asked of: its entry names the new one. */
function retriedBatch({ operation, resourceId }: Entry, { batches }: Tables): string | null {
  return operation === 'RetryUserBatch' ? (batches.get(resourceId)?.retryOf ?? null) : null;
}

function fits({ operation, intent, id }: Act, entry: Entry): boolean {
  const { kind } = intent;
  const made = kind === 'CREATE' || kind === 'START' || kind === 'RETRY';
  const change = made ? 'CREATED' : kind === 'DELETE' ? 'DELETED' : 'UPDATED';
  const resource = kind === 'CREATE' || kind === 'CHANGE' || kind === 'DELETE' ? intent.resource : 'user-batch';
  const named = made ? id : kind === 'STEER' ? intent.batch : intent.id;
  return (
    entry.operation === operation &&
    entry.change === change &&
    entry.resourceType === resource &&
    entry.resourceId === named
  );
}

/** Each record is there or not as the audit says, and holds what one of its writers wrote. */
function checkRecords(
  history: History,
  tables: Tables,
  unclaimed: ReadonlyMap<string, readonly Entry[]>,
  report: Report,
): void {
  const { acts, given } = history;
  const isGiven = new Set(given.map(({ id }) => id));
  const audited = new Map<string, number>();
  for (const { change, resourceType, resourceId } of tables.entries)
    add(audited, `${change} ${resourceType} ${resourceId}`);
  const changes = groupBy(acts.filter(isChange), ({ intent }) => `${intent.resource} ${intent.id}`);
  const deletions = groupBy(acts.filter(isDeletion), ({ intent }) => `${intent.resource} ${intent.id}`);
  const beginnings = new Map<string, State>(given.map(({ resource, id, state }) => [`${resource} ${id}`, state]));
  const made = acts.filter((act) => act.intent.kind === 'CREATE' && act.outcome !== 'REFUSED') as Act<Creation>[];
  const ids = new Map<string, Set<string>>(
    resources.map((resource) => [resource, new Set(tables.rows[resource].keys())]),
  );
  for (const { resource, id } of given) ids.get(resource)?.add(id);
  for (const { resourceType, resourceId } of tables.entries) ids.get(resourceType)?.add(resourceId);
  for (const act of made) {
    if (act.id === null) continue;
    ids.get(act.intent.resource)?.add(act.id);
    beginnings.set(`${act.intent.resource} ${act.id}`, act.intent.state);
  }
  const unclearByName = groupBy(
    made.filter(({ outcome }) => outcome === 'UNCLEAR'),
    ({ intent }) => `${intent.resource} ${intent.name}`,
  );

  for (const resource of resources) {
    for (const id of ids.get(resource) ?? []) {
      const key = `${resource} ${id}`;
      const row = tables.rows[resource].get(id);
      const created = audited.get(`CREATED ${key}`) ?? 0;
      const deleted = audited.get(`DELETED ${key}`) ?? 0;
      if (created !== (isGiven.has(id) ? 0 : 1)) report(`The creation of ${key} was audited ${created} times.`);
      if (deleted > 1) report(`The deletion of ${key} was audited ${deleted} times.`);
      if (row && deleted > 0) report(`Deleted, and still there: ${key}.`);
      if (!row && deleted === 0) report(`Gone, but nobody deleted it: ${key}.`);

      for (const act of changes.get(key) ?? []) {
        const before = (deletions.get(key) ?? []).find(
          (deletion) => deletion.outcome === 'ACKNOWLEDGED' && deletion.ended < act.began,
        );
        if (before && act.outcome === 'ACKNOWLEDGED') report(`Changed after it was deleted: ${say(act)}.`);
        if (row && act.outcome === 'REFUSED' && act.answer.startsWith('404')) checkNotFound(act, tables, report);
      }
      for (const act of deletions.get(key) ?? []) {
        if (row && act.outcome === 'REFUSED' && act.answer.startsWith('404'))
          report(`Not found, though there: ${say(act)}.`);
      }
      if (!row) continue;
      const begunAs = beginnings.get(key);
      const possible = begunAs
        ? [begunAs]
        : (unclearByName.get(`${resource} ${row.name}`) ?? []).map(({ intent }) => intent.state);
      checkRegisters(key, row, possible, changes.get(key) ?? [], unclaimed, report);
    }
  }
}

/** What a change names beside its record may be what was not found. */
function checkNotFound(act: Act<ChangeIntent>, tables: Tables, report: Report): void {
  const named = JSON.parse(act.intent.value) as unknown[];
  const missing = named.some(
    (value) =>
      typeof value === 'string' && isUuid(value) && !resources.some((resource) => tables.rows[resource].has(value)),
  );
  if (!missing && act.intent.register !== 'routing' && act.intent.register !== 'hierarchy') {
    report(`Not found, though there: ${say(act)}.`);
  }
}

const isUuid = (value: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);

type Creation = Extract<Intent, { kind: 'CREATE' }>;
type ChangeIntent = Extract<Intent, { kind: 'CHANGE' }>;
type DeletionIntent = Extract<Intent, { kind: 'DELETE' }>;
const isChange = (act: Act): act is Act<ChangeIntent> => act.intent.kind === 'CHANGE';
const isDeletion = (act: Act): act is Act<DeletionIntent> => act.intent.kind === 'DELETE';

/**
 * A register holds what somebody wrote, unless somebody else is known to have written after that. What was unclear may
 * have been done or not; where the audit tells, it counts as done or as refused.
 */
function checkRegisters(
  key: string,
  row: Row,
  begunAs: readonly State[],
  changes: readonly Act<ChangeIntent>[],
  unclaimed: ReadonlyMap<string, readonly Entry[]>,
  report: Report,
): void {
  for (const [register, value] of Object.entries(row.state)) {
    const writes = changes.filter(({ intent, outcome }) => intent.register === register && outcome !== 'REFUSED');
    // Several operations may write one register, each with its own entries.
    const decided = (act: Act): 'DONE' | 'NOT_DONE' | 'UNKNOWN' => {
      if (act.outcome === 'ACKNOWLEDGED') return 'DONE';
      const claim = claimOf(act.operation, act.intent);
      const entries = unclaimed.get(claim)?.length ?? 0;
      const rivals = changes.filter(
        (other) => other.outcome === 'UNCLEAR' && claimOf(other.operation, other.intent) === claim,
      );
      if (entries === 0) return 'NOT_DONE';
      return entries === rivals.length ? 'DONE' : 'UNKNOWN';
    };
    const done = writes.filter((act) => decided(act) !== 'NOT_DONE');
    const certain = done.filter((act) => decided(act) === 'DONE');
    const isOver = (ended: number) => certain.some(({ began }) => began > ended);
    const candidates = done.filter(({ ended }) => !isOver(ended)).map(({ intent }) => intent.value);
    const beginning = isOver(0) ? [] : begunAs.map((state) => state[register]);
    if (begunAs.length === 0) report(`Nobody made ${key}, which is there.`);
    else if (![...candidates, ...beginning].includes(value)) {
      const could = [...candidates, ...beginning].join(' or ');
      report(`The ${register} of ${key} is ${value}, but must be ${could}; written by ${writes.map(say).join('; ')}.`);
    }
  }
}

/** The feed tells of exactly what the audit tells. */
function checkFeed({ entries, feed }: Tables, report: Report): void {
  const audited = new Map<string, number>();
  for (const { change, resourceType, resourceId } of entries) add(audited, `${change} ${resourceType} ${resourceId}`);
  for (const what of new Set([...audited.keys(), ...feed.keys()])) {
    const times = audited.get(what) ?? 0;
    const fed = feed.get(what) ?? 0;
    if (times !== fed) report(`The change feed has ${fed} rows for what the audit has ${times}: ${what}.`);
  }
}

type StartIntent = Extract<Intent, { kind: 'START' }>;

function checkBatches(history: History, tables: Tables, report: Report): void {
  const { acts } = history;
  const starts = acts.filter((act): act is Act<StartIntent> => act.intent.kind === 'START');
  const usernames = new Map<string, string>();
  for (const { resource, id, name } of history.given) if (resource === 'agent') usernames.set(id, name);
  for (const { change, resourceType, resourceId, resourceName } of tables.entries) {
    if (change === 'CREATED' && resourceType === 'agent') usernames.set(resourceId, resourceName);
  }
  const creations = tables.entries.filter(
    ({ resourceType, change }) => resourceType === 'user-batch' && change === 'CREATED',
  );
  const entriesOf = groupBy(creations, ({ resourceId }) => resourceId);
  const namedBy = groupBy(
    acts.filter(({ id, intent }) => id !== null && (intent.kind === 'START' || intent.kind === 'RETRY')),
    ({ id }) => id ?? '',
  );
  const claimants = new Set<Act>();
  const steered = groupBy(acts, ({ intent }) => (intent.kind === 'STEER' ? intent.batch : ''));
  const retries = groupBy(acts, ({ intent }) => (intent.kind === 'RETRY' ? intent.batch : ''));

  for (const act of acts) {
    if (act.outcome !== 'ACKNOWLEDGED' || (act.intent.kind !== 'START' && act.intent.kind !== 'RETRY')) continue;
    const batch = tables.batches.get(act.id ?? '');
    if (!batch) report(`Acknowledged, but there is no such user batch: ${say(act)}.`);
    else if (batch.requested !== act.count) report(`The user batch has ${batch.requested} records: ${say(act)}.`);
  }

  for (const batch of tables.batches.values()) {
    const records = tables.recordsOf.get(batch.id) ?? [];
    const named = namedBy.get(batch.id) ?? [];
    const what = `the user batch ${batch.id}`;
    const audited = entriesOf.get(batch.id) ?? [];
    if (audited.length !== 1) report(`The submission of ${what} was audited ${audited.length} times.`);
    if (audited.some(({ requestId }) => requestId !== batch.requestId))
      report(`Another request made ${what} than the audit says.`);

    // Whoever repeats with a token is told the batch that is there; it was made once, by one of those who asked for it.
    const asked = batch.retryOf === null ? starts : (retries.get(batch.retryOf) ?? []);
    const maker =
      named.find(({ requestId }) => requestId === batch.requestId) ??
      asked.find((act) => act.outcome === 'UNCLEAR' && !claimants.has(act) && means(act, batch, records));
    if (maker) claimants.add(maker);
    else report(`Nobody who could have made it asked for ${what}.`);
    for (const act of named) {
      if (!means(act, batch, records)) report(`${what} is not what was asked for: ${say(act)}.`);
      if (act !== maker && act.intent.kind === 'START' && act.intent.token === null)
        report(`Told a batch of another: ${say(act)}.`);
    }
    if (maker?.intent.kind === 'START')
      checkSearch(maker as Act<StartIntent>, records, tables, history, usernames, report);
    if (batch.retryOf !== null) checkRetry(batch, records, tables, report);
    checkCounts(batch, records, report);
    checkStatus(batch, steered.get(batch.id) ?? [], report);
    for (const record of records) checkOutcome(batch, record, maker, tables, history, usernames, report);
    for (const [user, times] of countBy(records, ({ userId }) => userId)) {
      if (user !== null && times > 1) report(`The user ${user} is in ${what} ${times} times.`);
    }
  }
}

/** Whether the batch is what the act asked for. */
function means({ intent, id }: Act, batch: BatchRow, records: readonly RecordRow[]): boolean {
  if (id !== null && id !== batch.id) return false;
  if (intent.kind === 'RETRY') return intent.batch === batch.retryOf;
  if (intent.kind !== 'START' || batch.retryOf !== null) return false;
  if (intent.quickConnects !== batch.quickConnects || intent.token !== batch.clientToken) return false;
  if (intent.expected !== null && intent.expected !== records.length) return false;
  const { selection } = intent;
  if (selection.by === 'IDS') return text(...selection.ids) === text(...records.map(({ userId }) => userId));
  if (selection.by === 'USERNAMES')
    return text(...selection.usernames) === text(...records.map(({ username }) => username));
  return records.every(({ userId, username }) => userId !== null && username?.startsWith(selection.prefix));
}

/** A search means everybody who was there all the while. */
function checkSearch(
  maker: Act<StartIntent>,
  records: readonly RecordRow[],
  { rows }: Tables,
  { acts, given }: History,
  usernames: ReadonlyMap<string, string>,
  report: Report,
): void {
  const { selection } = maker.intent;
  if (selection.by !== 'PREFIX') return;
  const there = new Set(given.map(({ id }) => id));
  for (const { intent, ended, id, outcome } of acts) {
    if (intent.kind === 'CREATE' && outcome === 'ACKNOWLEDGED' && ended < maker.began && id) there.add(id);
  }
  const meant = new Set(records.map(({ userId }) => userId));
  for (const id of rows.agent.keys()) {
    if (there.has(id) && !meant.has(id) && usernames.get(id)?.startsWith(selection.prefix)) {
      report(`The search did not find the user ${id}: ${say(maker)}.`);
    }
  }
}

/** Exactly the failed ones, in their order. */
function checkRetry(
  batch: BatchRow,
  records: readonly RecordRow[],
  { recordsOf, batches }: Tables,
  report: Report,
): void {
  const failed = (recordsOf.get(batch.retryOf ?? '') ?? []).filter(({ status }) => status === 'FAILED');
  const users = (list: readonly RecordRow[]) => text(...list.map(({ userId, username }) => userId ?? username));
  if (users(failed) !== users(records)) {
    report(`The user batch ${batch.id} does not retry exactly the failed records of ${batch.retryOf}.`);
  }
  const others = [...batches.values()].filter(({ retryOf }) => retryOf === batch.retryOf);
  if (others.length > 1) report(`The user batch ${batch.retryOf} was retried ${others.length} times.`);
}

function checkCounts(batch: BatchRow, records: readonly RecordRow[], report: Report): void {
  const of = (status: string) => records.filter((record) => record.status === status).length;
  const counted = {
    requested: records.length,
    succeeded: of('SUCCEEDED'),
    failed: of('FAILED'),
    retryable: records.filter(({ retryable }) => retryable).length,
    stopped: of('STOPPED'),
    quickConnectsDeleted: records.reduce((sum, record) => sum + record.quickConnectsDeleted, 0),
  };
  for (const [name, count] of Object.entries(counted)) {
    const said = batch[name as keyof typeof counted];
    if (said !== count) report(`The user batch ${batch.id} says ${said} ${name}, its records ${count}.`);
  }
}

const ends = ['STOPPED', 'COMPLETED', 'COMPLETED_WITH_FAILURES'];

function checkStatus(batch: BatchRow, steered: readonly Act[], report: Report): void {
  const { status } = batch;
  const asked = (operation: string) =>
    steered.filter((act) => act.operation === operation && act.outcome !== 'REFUSED');
  const told = (operation: string) => asked(operation).filter(({ outcome }) => outcome === 'ACKNOWLEDGED');
  const what = `The user batch ${batch.id} is ${status}`;
  if (!ends.includes(status) && status !== 'PAUSED') report(`${what}: it did not end.`);
  if (batch.ended !== ends.includes(status)) report(`${what}, and ${batch.ended ? 'has' : 'has no'} end time.`);
  if (batch.started !== batch.succeeded + batch.failed > 0)
    report(`${what}, and ${batch.started ? 'has' : 'has no'} start time.`);
  if (status === 'COMPLETED' && batch.failed > 0) report(`${what} with ${batch.failed} failed records.`);
  if (status === 'COMPLETED_WITH_FAILURES' && batch.failed === 0) report(`${what} without a failed record.`);
  if (status !== 'PAUSED' && batch.requested !== batch.succeeded + batch.failed + batch.stopped) {
    report(`${what} with records that have no outcome.`);
  }
  if (status === 'STOPPED' && asked('StopUserBatch').length === 0) report(`${what}, and nobody stopped it.`);
  if (status !== 'STOPPED' && told('StopUserBatch').length > 0) report(`${what}, though it was stopped.`);
  if (status === 'PAUSED' && asked('PauseUserBatch').length === 0) report(`${what}, and nobody paused it.`);
  if (status === 'PAUSED') {
    const last = Math.max(...asked('PauseUserBatch').map(({ ended }) => ended));
    if (told('ResumeUserBatch').some(({ began }) => began > last)) report(`${what}, though it was resumed.`);
  } else if (status !== 'STOPPED') {
    const goesOn = asked('ResumeUserBatch');
    const held = told('PauseUserBatch').find((pause) => goesOn.every(({ ended }) => ended < pause.began));
    if (held) report(`${what}, though it was paused and nobody resumed it: ${say(held)}.`);
  }
  if (batch.dismissed && asked('DismissUserBatch').length === 0)
    report(`${what} and dismissed, and nobody dismissed it.`);
  if (!batch.dismissed && told('DismissUserBatch').length > 0) report(`${what} and not dismissed, though it was.`);
}

function checkOutcome(
  batch: BatchRow,
  record: RecordRow,
  maker: Act | undefined,
  { rows }: Tables,
  { acts, given }: History,
  usernames: ReadonlyMap<string, string>,
  report: Report,
): void {
  const { status, userId, username, errorCode } = record;
  const what = sayRecord(record);
  const there = userId !== null && rows.agent.has(userId);
  if (record.timed === (status === 'PENDING')) report(`${what} ${record.timed ? 'has a' : 'has no'} time.`);
  if (status === 'SUCCEEDED' && there) report(`${what}, but the user is there.`);
  if (status === 'SUCCEEDED' && userId !== null && !usernames.has(userId))
    report(`${what}, but there never was such a user.`);
  if (status === 'STOPPED' && batch.status !== 'STOPPED') report(`${what} in a batch that is ${batch.status}.`);
  if (status === 'PENDING' && batch.status !== 'PAUSED') report(`${what} in a batch that is ${batch.status}.`);
  // What named nobody at submission has its error from then on.
  const failed = status === 'FAILED' || (status !== 'SUCCEEDED' && userId === null && errorCode !== null);
  if ((errorCode !== null) !== failed) report(`${what} with the error ${errorCode}.`);
  if (status !== 'FAILED') return;
  // Access keys reach everybody: nothing but a user who is not there can fail.
  if (errorCode !== 'ResourceNotFoundException') report(`${what} with ${errorCode}.`);
  if (there) report(`${what}, but the user is there.`);
  if (userId === null && username !== null) {
    const missed = [...rows.agent.values()].find(({ name }) => name === username);
    const isOld =
      given.some(({ id }) => id === missed?.id) ||
      acts.some((act) => act.id === missed?.id && act.ended < (maker?.began ?? 0));
    if (missed && isOld) report(`${what}, but the user is there.`);
  }
}

/** An orphan is what DeleteUser and KEEP leave, nothing else. */
function checkQuickConnects({ pointing, rows, batches, recordsOf, entries }: Tables, report: Report): void {
  const deletedBy = new Map<string, string | null>();
  for (const { change, resourceType, resourceId, userBatchId } of entries) {
    if (change === 'DELETED' && resourceType === 'agent') deletedBy.set(resourceId, userBatchId);
  }
  for (const { id, userId } of pointing) {
    if (rows.agent.has(userId)) continue;
    const by = deletedBy.get(userId);
    if (by === undefined) report(`The quick connect ${id} points at the user ${userId}, who never was.`);
    else if (by !== null && batches.get(by)?.quickConnects === 'DELETE') {
      report(`The quick connect ${id} outlived the user ${userId}, with whom it was to be deleted.`);
    }
  }
  for (const batch of batches.values()) {
    const kept = (recordsOf.get(batch.id) ?? []).some((record) => record.quickConnectsDeleted > 0);
    if (batch.quickConnects === 'KEEP' && kept)
      report(`The user batch ${batch.id} deleted quick connects that it was to keep.`);
  }
}

const say = ({ operation, intent, outcome, answer, id, began, ended }: Act): string => {
  const { kind, ...what } = intent;
  return `${operation} ${JSON.stringify(what)}, ${began} to ${ended}, ${outcome}${id ? ` as ${id}` : ''} (${answer.trim()})`;
};

const sayEntry = (entry: Entry): string =>
  `${entry.operation} ${entry.change} ${entry.resourceType} ${entry.resourceId} "${entry.resourceName}", request ${entry.requestId}`;

const sayRecord = ({ batch, position, userId, username, status }: RecordRow): string =>
  `record ${position} of the user batch ${batch} (${userId ?? username}), which is ${status}`;

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) add(counts, keyOf(item));
  return counts;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
