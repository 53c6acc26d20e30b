import { agentLevels } from '../../api/metrics.ts';
import type { SavedReport, SavedReportSettings, SavedReportType } from '../../api/saved-reports.ts';
import { type AskedMetric, type ReportName, reportMetric, variantIds, withThreshold } from './report-metrics.ts';
import { type ReportRange, writeRange } from './report-range.ts';
import { type ReportSearch, reportParameters } from './report-search.ts';
import { filtersOf, none, type ReportSettings, readSettings, writeSettings } from './report-settings.ts';

/** How a saved report holds what an address holds as text, and back. */

export const reportOfType: Readonly<Record<SavedReportType, ReportName>> = {
  AGENT_PERFORMANCE: 'agent-performance',
  CONTACT_METRICS: 'contact-metrics',
  AGENT_METRICS: 'agent-metrics',
};
export const typeOfReport: Readonly<Record<ReportName, SavedReportType>> = {
  'agent-performance': 'AGENT_PERFORMANCE',
  'contact-metrics': 'CONTACT_METRICS',
  'agent-metrics': 'AGENT_METRICS',
};

const viewOf = { table: 'TABLE', bar: 'BAR_CHART', line: 'LINE_CHART' } as const;
const views: Readonly<Record<string, keyof typeof viewOf>> = { TABLE: 'table', BAR_CHART: 'bar', LINE_CHART: 'line' };

function timeRangeOf(range: ReportRange): SavedReportSettings['TimeRange'] {
  if (range.kind === 'LAST_DAYS') return { Type: 'LAST_DAYS', Days: range.days };
  if (range.kind === 'CUSTOM') return { Type: 'CUSTOM', StartDate: range.from, EndDate: range.to };
  return { Type: range.kind === 'MONTH' ? 'MONTH_TO_DATE' : range.kind };
}

function rangeOf({ Type, Days = 1, StartDate = '', EndDate = '' }: SavedReportSettings['TimeRange']): ReportRange {
  if (Type === 'LAST_DAYS') return { kind: Type, days: Days };
  if (Type === 'CUSTOM') return { kind: Type, from: StartDate, to: EndDate };
  return { kind: Type === 'MONTH_TO_DATE' ? 'MONTH' : Type };
}

/** What is saved of a report as it is shown. */
export function toSaved(
  settings: ReportSettings,
  { view, chart }: Pick<ReportSearch, 'view' | 'chart'>,
): SavedReportSettings {
  const { interval, range, zone, groupings, filters, metrics } = settings;
  const shown = view === 'bar' || view === 'line' ? view : 'table';
  const ChartMetric = metrics.findIndex(({ id }) => id === chart);
  return {
    Interval: interval,
    TimeZone: zone,
    TimeRange: timeRangeOf(range),
    Groupings: [...groupings],
    Filters: filtersOf(filters),
    Metrics: metrics.map(({ asked }) => asked),
    View: viewOf[shown],
    ...(shown !== 'table' && ChartMetric >= 0 && { ChartMetric }),
  };
}

const alike = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** As the address has it; what only a program asks for, or an older version did, has no such id. */
function metricIdOf({ Name = '', Threshold, MetricFilters = [] }: AskedMetric): string | null {
  const [limit] = Threshold ?? [];
  if (MetricFilters.length > 0) {
    const asked = { name: Name, filters: MetricFilters.map(plainFilter) };
    return (
      variantIds.find((id) => {
        const variant = reportMetric(id)?.asked;
        return alike({ name: variant?.Name, filters: (variant?.MetricFilters ?? []).map(plainFilter) }, asked);
      }) ?? null
    );
  }
  if (limit && limit.Comparison !== 'LT') return null;
  const metric = reportMetric(limit ? `${Name}.${limit.ThresholdValue ?? 0}` : Name);
  return metric && (limit ? withThreshold(metric.name, limit.ThresholdValue ?? 0) : metric.id);
}

const plainFilter = ({
  MetricFilterKey,
  MetricFilterValues,
  Negate,
}: NonNullable<AskedMetric['MetricFilters']>[number]) =>
  [MetricFilterKey, MetricFilterValues, Negate === true] as const;

const filterNames: Readonly<Record<string, 'agents' | 'queues' | 'profiles' | 'channels' | 'phones'>> = {
  AGENT: 'agents',
  QUEUE: 'queues',
  ROUTING_PROFILE: 'profiles',
  CHANNEL: 'channels',
  PHONE_NUMBER: 'phones',
};

/** The address of a saved report as it was saved, whole, and what of it this website cannot show. */
export function fromSaved({ Type, Settings }: Pick<SavedReport, 'Type' | 'Settings'>): {
  readonly search: ReportSearch;
  readonly unknown: readonly string[];
} {
  const unknown: string[] = [];
  const texts: Partial<Record<(typeof reportParameters)[number], string>> = {
    interval: Settings.Interval,
    range: writeRange(rangeOf(Settings.TimeRange)),
    zone: Settings.TimeZone,
    groups: Settings.Groupings?.join(',') || none,
    view: views[Settings.View ?? 'TABLE'],
  };
  for (const { FilterKey = '', FilterValues: values = [] } of Settings.Filters ?? []) {
    const name = filterNames[FilterKey];
    const level = agentLevels.map(String).indexOf(FilterKey) + 1;
    const [group, ...others] = values;
    if (name && values.length > 0) texts[name] = values.join(',');
    else if (level > 0 && group && others.length === 0 && !texts.hierarchy) texts.hierarchy = `${level}.${group}`;
    else unknown.push(FilterKey);
  }
  const ids = Settings.Metrics.map(metricIdOf);
  unknown.push(...Settings.Metrics.flatMap(({ Name = '' }, index) => (ids[index] === null ? [Name] : [])));
  texts.metrics = ids.filter((id) => id !== null).join(',');
  const chart = ids[Settings.ChartMetric ?? -1];
  if (chart) texts.chart = chart;
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')) as ReportSearch;
  const read = readSettings(reportOfType[Type], given);
  const search = {
    ...writeSettings(read.settings),
    ...(given.view !== undefined && { view: given.view }),
    ...(given.chart !== undefined && { chart: given.chart }),
  };
  return { search, unknown: [...unknown, ...read.unknown] };
}

const ofTheView: readonly string[] = ['sort', 'view', 'chart'];
const ofTheSettings = reportParameters.filter((name) => !ofTheView.includes(name));

/** Of a saved report: what its page's address says goes before what was saved; settings stand there all or none. */
export function overSaved(saved: ReportSearch, given: ReportSearch): ReportSearch {
  const { view, chart } = saved;
  const hasSettings = ofTheSettings.some((name) => given[name] !== undefined);
  return { ...(hasSettings ? { ...(view && { view }), ...(chart && { chart }) } : saved), ...given };
}
