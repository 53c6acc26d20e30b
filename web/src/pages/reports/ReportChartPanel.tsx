import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { lazy, Suspense } from 'react';
import type { MetricUnit } from '../../api/metrics.ts';
import { NoRows, type ReportParts } from './ReportTable.tsx';
import { mismatch } from './report-settings.ts';

// Charts are code that few reports need.
const ReportChart = lazy(async () => ({ default: (await import('./ReportChart.tsx')).ReportChart }));

interface ReportChartPanelProps extends ReportParts {
  readonly view: 'bar' | 'line';
  /** Which metric, by its id. */
  readonly chart: string | undefined;
}

/** Of shares most are alike: the first picture is of a number or a time. */
const isAmount = (unit: MetricUnit) => unit === 'COUNT' || unit === 'SECONDS';

/** One metric of the report as a chart. */
export function ReportChartPanel(props: ReportChartPanelProps) {
  const { title, summary, actions, notes, query, problem, settings, answer, moments, view, chart, change } = props;
  const fitting = settings.metrics.filter((metric) => mismatch(metric, settings) === null);
  const metric =
    settings.metrics.find(({ id }) => id === chart) ??
    fitting.find(({ unit }) => isAmount(unit)) ??
    fitting[0] ??
    settings.metrics[0];
  const loading = <StatusIndicator type="loading">Loading the chart</StatusIndicator>;
  const hasRows = problem === null && answer !== undefined && moments !== undefined && answer.Rows.length > 0;
  return (
    <Container
      header={
        <Header variant="h1" description={summary} actions={actions}>
          {title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {notes}
        <Select
          inlineLabelText="Metric"
          selectedOption={metric ? { value: metric.id, label: metric.title } : null}
          options={settings.metrics.map((each) => {
            const why = mismatch(each, settings);
            return { value: each.id, label: each.title, description: why === null ? each.meaning : `! ${why}` };
          })}
          filteringType="auto"
          filteringAriaLabel="Find a metric"
          onChange={({ detail }) => change({ chart: detail.selectedOption.value })}
        />
        {hasRows && metric ? (
          <Suspense fallback={loading}>
            <ReportChart rows={answer.Rows} settings={settings} moments={moments} metric={metric} view={view} />
          </Suspense>
        ) : problem === null && query.isPending ? (
          loading
        ) : (
          <NoRows query={query} problem={problem} />
        )}
      </SpaceBetween>
    </Container>
  );
}
