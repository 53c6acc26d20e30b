import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import LineChart from '@cloudscape-design/components/line-chart';
import type { Moments } from '../../components/calendar.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/words.ts';
import { chartOf } from './report-chart.ts';
import type { ReportMetric } from './report-metrics.ts';
import { groupingWords, type ReportSettings } from './report-settings.ts';
import { type ReportRow, valueText } from './report-words.ts';

interface ReportChartProps {
  readonly rows: readonly ReportRow[];
  readonly settings: ReportSettings;
  /** From when to when the report is. */
  readonly moments: Moments;
  readonly metric: ReportMetric;
  readonly view: 'bar' | 'line';
}

/** Of base.css, which has as many as there are lines at most. */
const colourOf = (group: number) => `var(--chart-${group + 1})`;

export function ReportChart({ rows, settings, moments, metric, view }: ReportChartProps) {
  const index = settings.metrics.findIndex(({ id }) => id === metric.id);
  // A sum or a number of contacts grows with the range; of averages and shares the highest counts.
  const summed = metric.unit === 'COUNT' || metric.name.startsWith('SUM_');
  const { categories, series, shown, all } = chartOf(rows, settings, moments, { index, title: metric.title, summed });
  const text = (value: number) => valueText(value, metric.unit);
  const inTime = settings.interval !== 'TOTAL';
  const data = series.map(({ title, group, data: points }) => ({
    title,
    data: points,
    valueFormatter: text,
    ...(inTime && { color: colourOf(group) }),
  }));
  const groups = [...new Map(series.map(({ group, title }) => [group, title]))];
  const rank = inTime ? (summed ? 'their sums' : 'their highest values') : metric.title;
  const shared = {
    height: 300,
    xDomain: categories,
    xScaleType: 'categorical' as const,
    yTitle: metric.title,
    xTitle:
      settings.interval === 'TOTAL'
        ? settings.groupings.map((key) => groupingWords[key]).join(' · ') || 'All'
        : `Interval (${settings.zone})`,
    hideFilter: true,
    // Its own would name each stretch of a line.
    hideLegend: true,
    ariaLabel: `${metric.title}, ${view === 'bar' ? 'bar' : 'line'} chart`,
    i18nStrings: { yTickFormatter: text },
    empty: <EmptyState title="This metric has no values here" text="Choose another metric, or change the groupings." />,
  };
  return (
    <>
      {view === 'bar' ? (
        <BarChart {...shared} series={data.map((one) => ({ ...one, type: 'bar' as const }))} />
      ) : (
        <LineChart {...shared} series={data.map((one) => ({ ...one, type: 'line' as const }))} />
      )}
      {inTime && (
        <ul className="chart-legend" aria-label="Lines and bars">
          {groups.map(([group, title]) => (
            <li key={group}>
              <svg width="16" height="4" aria-hidden="true">
                <rect width="16" height="4" rx="2" fill={colourOf(group)} />
              </svg>
              {title}
            </li>
          ))}
        </ul>
      )}
      {shown < all && (
        <Box color="text-body-secondary">
          {`The ${shown} highest of ${formatNumber(all)} by ${rank}; the table has all.`}
        </Box>
      )}
    </>
  );
}
