import type { PermissionId } from '../../access/permissions.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import type { Asked, AskedMetric } from './asked.ts';
import { type GroupingKey, notApplicable } from './definitions.ts';
import { compareFacts, type Facts, type Found, factsOf } from './facts-store.ts';
import { type Formula, formulaOf, type Part, type SourceName } from './formulas.ts';

/** By what reports of the past are seen. */
export const seesReports: readonly PermissionId[] = ['AccessMetrics', 'AccessMetrics.HistoricalMetrics.Access'];

export interface ReportRow {
  /** Which interval, from 0. */
  readonly interval: number;
  readonly keys: readonly (string | null)[];
  /** In the order of the metrics; null: unknown, or the metric does not go with groupings and filters. */
  readonly values: readonly (number | null)[];
}

/** Where the names are of what a row is of, by the newest of them in the range. */
export interface Snapshots {
  /** By the grouping and the key. */
  readonly of: ReadonlyMap<string, { readonly agent: string | null; readonly queue: string | null }>;
}

export interface Report {
  readonly rows: readonly ReportRow[];
  /** Of everything, also of what was cut off. */
  readonly totals: readonly (number | null)[];
  readonly truncated: boolean;
  readonly snapshots: Snapshots;
}

export const snapshotKey = (grouping: GroupingKey, key: string) => `${grouping} ${key}`;

type Reader = Pick<InstanceContext<Db | Tx>, 'db' | 'instance' | 'access'>;

interface Source {
  readonly parts: Part[];
  /** Of the metrics of this source: which one, its formula, and where its parts begin. */
  readonly metrics: { readonly index: number; readonly formula: Formula; readonly from: number }[];
}

/** What metric goes with the groupings and filters that were asked for. */
export const goesWith = ({ groupings, filters }: Pick<Asked, 'groupings' | 'filters'>, metric: AskedMetric): boolean =>
  notApplicable(metric.name, [...groupings, ...filters.map(({ key }) => key)]).length === 0;

/**
 * Computes metrics of the facts, each source by itself, and joins them by interval and keys.
 * @param mostRows what is beyond is cut off
 */
export async function computeReport(reader: Reader, asked: Asked, mostRows: number): Promise<Report> {
  const sources = sourcesOf(asked);
  const limit = mostRows + 1;
  const found = await Promise.all(
    [...sources].map(
      async ([name, { parts }]) =>
        [name, await factsOf(reader, seesReports, name, { ...asked, parts }, limit)] as const,
    ),
  );
  const facts = new Map(found);
  const rows = joined(facts, asked.metrics.length, sources);
  const cut = found.some(([, { rows: list }]) => list.length === limit);
  return {
    // Behind these a row may lack what is of a source that was cut.
    rows: rows.slice(0, mostRows),
    totals: totalsOf(facts, asked.metrics.length, sources),
    truncated: cut || rows.length > mostRows,
    snapshots: newestSnapshots(
      asked.groupings,
      found.flatMap(([, { rows: list }]) => list),
    ),
  };
}

function sourcesOf(asked: Asked): ReadonlyMap<SourceName, Source> {
  const sources = new Map<SourceName, Source>();
  for (const [index, metric] of asked.metrics.entries()) {
    if (!goesWith(asked, metric)) continue;
    const formula = formulaOf(metric);
    const source = sources.get(formula.source) ?? { parts: [], metrics: [] };
    source.metrics.push({ index, formula, from: source.parts.length });
    source.parts.push(...formula.parts);
    sources.set(formula.source, source);
  }
  return sources;
}

type FactsBySource = ReadonlyMap<SourceName, Found>;

function joined(facts: FactsBySource, metrics: number, sources: ReadonlyMap<SourceName, Source>): readonly ReportRow[] {
  const rows = new Map<string, { interval: number; keys: Facts['keys']; values: (number | null)[] }>();
  const nothing = emptyValues(metrics, sources);
  for (const [name, { rows: list }] of facts) {
    for (const { interval, keys, parts } of list) {
      const id = JSON.stringify([interval, ...keys]);
      let row = rows.get(id);
      if (!row) {
        row = { interval, keys, values: [...nothing] };
        rows.set(id, row);
      }
      for (const { index, formula, from } of sources.get(name)?.metrics ?? []) {
        row.values[index] = formula.value(parts.slice(from, from + formula.parts.length));
      }
    }
  }
  return [...rows.values()].sort(compareFacts);
}

/** What a metric is where its source has no facts at all. */
function emptyValues(metrics: number, sources: ReadonlyMap<SourceName, Source>): (number | null)[] {
  const values: (number | null)[] = Array(metrics).fill(null);
  for (const { metrics: own } of sources.values()) {
    for (const { index, formula } of own) values[index] = formula.value(formula.parts.map(() => null));
  }
  return values;
}

/** What was of nobody, or of no queue, is a row only where it has something to say. */
export const isToBeShown = ({ keys, values }: ReportRow, { groupings }: Asked) =>
  groupings.length === 0 || !keys.includes(null) || values.some((value) => value !== null && value !== 0);

function totalsOf(
  facts: FactsBySource,
  metrics: number,
  sources: ReadonlyMap<SourceName, Source>,
): readonly (number | null)[] {
  const totals = emptyValues(metrics, sources);
  for (const [name, { metrics: own }] of sources) {
    const total = facts.get(name)?.total ?? [];
    for (const { index, formula, from } of own) {
      totals[index] = formula.value(total.slice(from, from + formula.parts.length));
    }
  }
  return totals;
}

/** Where a page begins: behind so many rows of an interval. */
export interface Place {
  readonly interval: number;
  readonly offset: number;
}

/**
 * Some rows of a report from a place on, and the place of what follows. Of the intervals no more are computed than the rows
 * need, or twice as many; of one interval all is, for what its rows are is known when all facts are put together.
 */
export async function reportPage(
  reader: Reader,
  asked: Asked,
  { interval: first, offset }: Place,
  size: number,
): Promise<{ readonly rows: readonly ReportRow[]; readonly next: Place | null }> {
  const intervals = asked.edges.length - 1;
  const rows: ReportRow[] = [];
  for (let from = first, width = 1; from < intervals && rows.length <= size; from += width, width *= 2) {
    const edges = asked.edges.slice(from, from + width + 1);
    const passed = from === first ? offset : 0;
    const part = await computeReport(reader, { ...asked, edges }, passed + size + 1 - rows.length);
    rows.push(...part.rows.slice(passed).map((row) => ({ ...row, interval: row.interval + from })));
  }
  const following = rows[size];
  if (!following) return { rows, next: null };
  const { interval } = following;
  const before = rows.slice(0, size).filter((row) => row.interval === interval).length;
  return {
    rows: rows.slice(0, size),
    next: { interval, offset: before + (interval === first ? offset : 0) },
  };
}

function newestSnapshots(groupings: readonly GroupingKey[], facts: readonly Facts[]): Snapshots {
  const newest = new Map<string, { agent: string | null; queue: string | null; time: number }>();
  for (const { keys, agentSnapshotId, queueSnapshotId, newest: time } of facts) {
    for (const [index, grouping] of groupings.entries()) {
      const key = keys[index] ?? null;
      if (key === null) continue;
      const id = snapshotKey(grouping, key);
      const before = newest.get(id);
      if (before && before.time > time) continue;
      // Of two of the same time one is taken by its id, so that it is always the same.
      const agent = agentSnapshotId;
      if (before && before.time === time && (before.agent ?? '') >= (agent ?? '')) continue;
      newest.set(id, { agent, queue: queueSnapshotId, time });
    }
  }
  return { of: newest };
}
