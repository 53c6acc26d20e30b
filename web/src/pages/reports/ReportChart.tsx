import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import LineChart from '@cloudscape-design/components/line-chart';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/words.ts';
import { chartOf } from './report-chart.ts';
import type { ReportMetric } from './report-metrics.ts';
import { groupingWords, type ReportSettings } from './report-settings.ts';
import { type ReportRow, valueText } from './report-words.ts';

interface ReportChartProps {
  readonly rows: readonly ReportRow[];
  readonly settings: ReportSettings;
  readonly metric: ReportMetric;
  readonly view: 'bar' | 'line';
}

export function ReportChart({ rows, settings, metric, view }: ReportChartProps) {
  const index = settings.metrics.findIndex(({ id }) => id === metric.id);
  // A sum or a number of contacts grows with the range; of averages and shares the highest counts.
  const summed = metric.unit === 'COUNT' || metric.name.startsWith('SUM_');
  const { categories, series, shown, all } = chartOf(rows, settings, { index, title: metric.title, summed });
  const text = (value: number) => valueText(value, metric.unit);
  const data = series.map((one) => ({ ...one, valueFormatter: text }));
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
    hideLegend: settings.interval === 'TOTAL',
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
      {shown < all && (
        <Box color="text-body-secondary">{`The ${shown} highest of ${formatNumber(all)}; the table has all.`}</Box>
      )}
    </>
  );
}
