import { agentLevels, type GroupingKey, groupingKeys, mostGroupings, notApplicable } from '../../api/metrics.ts';
import type { InputTo } from '../../api/operations.ts';
import type { Moments } from '../../components/calendar.ts';
import { channels } from '../../components/channels.ts';
import { isTimeZone, ownZone } from '../../components/time-zone.ts';
import { builtInReports, mostThresholds, type ReportMetric, type ReportName, reportMetric } from './report-metrics.ts';
import { type ReportInterval, type ReportRange, readRange, reportIntervals, writeRange } from './report-range.ts';
import type { ReportSearch } from './report-search.ts';

export interface ReportFilters {
  readonly agents: readonly string[];
  readonly queues: readonly string[];
  readonly profiles: readonly string[];
  /** Groups of one level, 1 to 5. */
  readonly hierarchy: { readonly level: number; readonly ids: readonly string[] } | null;
  readonly channels: readonly string[];
  readonly phones: readonly string[];
}

/** Everything that a report is made of. */
export interface ReportSettings {
  readonly interval: ReportInterval;
  readonly range: ReportRange;
  readonly zone: string;
  readonly groupings: readonly GroupingKey[];
  readonly filters: ReportFilters;
  readonly metrics: readonly ReportMetric[];
}

export const groupingWords: Readonly<Record<GroupingKey, string>> = {
  AGENT: 'Agent',
  QUEUE: 'Queue',
  CHANNEL: 'Channel',
  ROUTING_PROFILE: 'Routing profile',
  AGENT_HIERARCHY_LEVEL_ONE: 'Agent hierarchy level 1',
  AGENT_HIERARCHY_LEVEL_TWO: 'Agent hierarchy level 2',
  AGENT_HIERARCHY_LEVEL_THREE: 'Agent hierarchy level 3',
  AGENT_HIERARCHY_LEVEL_FOUR: 'Agent hierarchy level 4',
  AGENT_HIERARCHY_LEVEL_FIVE: 'Agent hierarchy level 5',
  PHONE_NUMBER: 'Phone number',
};

/** The server takes so many values of all filters together. */
export const mostFilterValues = 100;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What an address says, and the words of it that mean nothing here. */
export function readSettings(
  report: ReportName,
  search: ReportSearch,
): { readonly settings: ReportSettings; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const one = <T>(text: string | undefined, usual: T, read: (text: string) => T | null): T => {
    if (text === undefined) return usual;
    const value = read(text);
    if (value === null) unknown.push(text);
    return value ?? usual;
  };
  const many = <T>(text: string | undefined, usual: readonly T[], most: number, read: (text: string) => T | null) => {
    if (text === undefined) return usual;
    const values: T[] = [];
    for (const part of new Set(text.split(',').filter((each) => each !== '' && each !== none))) {
      const value = read(part);
      if (value === null || values.length === most) unknown.push(part);
      else values.push(value);
    }
    return values;
  };
  const id = (text: string) => (uuid.test(text) ? text : null);
  const { agents, queues, profiles, hierarchy, phones } = search;
  const builtIn = builtInReports[report];
  const usualMetrics = builtIn.metrics.flatMap((each) => reportMetric(each) ?? []);
  const metrics = many(search.metrics, usualMetrics, 97, reportMetric);
  const settings: ReportSettings = {
    interval: one(search.interval, 'TOTAL', (text) => reportIntervals.find((known) => known === text) ?? null),
    range: one<ReportRange>(search.range, { kind: 'LAST_DAYS', days: 7 }, readRange),
    zone: one(search.zone, ownZone(), (text) => (isTimeZone(text) ? text : null)),
    groupings: many<GroupingKey>(
      search.groups,
      builtIn.groupings,
      mostGroupings,
      (text) => groupingKeys.find((known) => known === text) ?? null,
    ),
    filters: {
      agents: many(agents, [], mostFilterValues, id),
      queues: many(queues, [], mostFilterValues, id),
      profiles: many(profiles, [], mostFilterValues, id),
      hierarchy: one<ReportFilters['hierarchy']>(hierarchy, null, (text) => {
        const level = Number(text.slice(0, 1));
        const ids = [...new Set(text.slice(2).split(','))];
        const isOne = agentLevels[level - 1] && text[1] === '.' && ids.every((each) => uuid.test(each));
        return isOne && ids.length <= mostFilterValues ? { level, ids } : null;
      }),
      channels: many(search.channels, [], 4, (text) => (Object.hasOwn(channels, text) ? text : null)),
      phones: many(phones, [], mostFilterValues, (text) => (/^[^\s,]{1,250}$/.test(text) ? text : null)),
    },
    metrics: metrics.length > 0 ? metrics : usualMetrics,
  };
  return { settings, unknown };
}

/** Stands for no groupings at all: left out, they are the usual ones. */
export const none = 'none';

/** The inverse of `readSettings`, with everything in it: a link shows everybody the same report, wherever they are. */
export function writeSettings({ interval, range, zone, groupings, filters, metrics }: ReportSettings): ReportSearch {
  const { agents, queues, profiles, hierarchy, channels: filtered, phones } = filters;
  const texts = {
    interval,
    range: writeRange(range),
    zone,
    groups: groupings.join(',') || none,
    agents: agents.join(','),
    queues: queues.join(','),
    profiles: profiles.join(','),
    hierarchy: hierarchy ? `${hierarchy.level}.${hierarchy.ids.join(',')}` : '',
    channels: filtered.join(','),
    phones: phones.join(','),
    metrics: metrics.map(({ id }) => id).join(','),
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

interface AskedFilter {
  readonly FilterKey: GroupingKey;
  readonly FilterValues: string[];
}

export function filtersOf({
  agents,
  queues,
  profiles,
  hierarchy,
  channels: filtered,
  phones,
}: ReportFilters): AskedFilter[] {
  const level = hierarchy && agentLevels[hierarchy.level - 1];
  const all: AskedFilter[] = [
    { FilterKey: 'AGENT', FilterValues: [...agents] },
    { FilterKey: 'QUEUE', FilterValues: [...queues] },
    { FilterKey: 'ROUTING_PROFILE', FilterValues: [...profiles] },
    ...(level ? [{ FilterKey: level, FilterValues: [...hierarchy.ids] }] : []),
    { FilterKey: 'CHANNEL', FilterValues: [...filtered] },
    { FilterKey: 'PHONE_NUMBER', FilterValues: [...phones] },
  ];
  return all.filter(({ FilterValues }) => FilterValues.length > 0);
}

export const countFilters = (filters: ReportFilters): number => filtersOf(filters).length;

export function requestOf(settings: ReportSettings, { start, end }: Moments): InputTo<'GetHistoricalReport'> {
  const Filters = filtersOf(settings.filters);
  return {
    StartTime: start.getTime() / 1000,
    EndTime: end.getTime() / 1000,
    Interval: settings.interval,
    TimeZone: settings.zone,
    Groupings: [...settings.groupings],
    ...(Filters.length > 0 && { Filters }),
    Metrics: settings.metrics.map(({ asked }) => asked),
  };
}

/** Why a metric has no values in this report, in words; null where it has. */
export function mismatch(
  { name }: Pick<ReportMetric, 'name'>,
  { groupings, filters }: Pick<ReportSettings, 'groupings' | 'filters'>,
): string | null {
  const keys = [...groupings, ...filtersOf(filters).map(({ FilterKey }) => FilterKey)];
  const not = [...new Set(notApplicable(name, keys))].map((key) => groupingWords[key].toLowerCase());
  return not.length > 0 ? `Does not go with ${not.join(', ')}.` : null;
}

/** Why settings cannot be applied; null when they can. */
export function refusalOf({ filters, metrics }: ReportSettings): string | null {
  const { agents, queues, profiles, phones } = filters;
  const groups = filters.hierarchy?.ids ?? [];
  const values = [agents, queues, profiles, phones, groups].flat().length;
  if (values > mostFilterValues) return `Filters hold ${mostFilterValues} values at most together.`;
  if (metrics.length === 0) return 'Choose at least one metric.';
  const thresholds = new Map<string, number>();
  for (const { id, name } of metrics) {
    if (id.includes('.')) thresholds.set(name, (thresholds.get(name) ?? 0) + 1);
  }
  if ([...thresholds.values()].some((count) => count > mostThresholds)) {
    return `Choose ${mostThresholds} numbers of seconds at most for a metric.`;
  }
  return null;
}
