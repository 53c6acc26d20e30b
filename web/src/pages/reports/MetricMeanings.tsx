import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { mismatch, type ReportSettings } from './report-settings.ts';

/** Each metric of a report in words, and why it has no values where it has none. */
export function MetricMeanings({ settings }: { readonly settings: ReportSettings }) {
  return (
    <dl className="meanings">
      {settings.metrics.map((metric) => {
        const why = mismatch(metric, settings);
        return (
          <div key={metric.id}>
            <dt>
              <Box variant="strong">{metric.title}</Box>
            </dt>
            <dd>
              {metric.meaning}
              {why !== null && (
                <div>
                  <StatusIndicator type="warning">{why}</StatusIndicator>
                </div>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
