import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import { definitionOf, type MetricDefinition, type MetricName, metricNames } from '../../api/metrics.ts';
import { countOf } from '../../components/words.ts';
import type { SettingsFields } from './RangeFields.tsx';
import { type ReportMetric, reportMetric, usualThresholds, variantIds, withThreshold } from './report-metrics.ts';
import { mismatch, type ReportSettings } from './report-settings.ts';

const sources: Readonly<Record<MetricDefinition['source'], string>> = {
  CONTACTS: 'Contacts',
  ACTIVITY: 'Time of agents',
  OFFERS: 'Contacts offered to agents',
};

const isTimed = (name: MetricName) => definitionOf(name).threshold === true;
const simple = [...metricNames.filter((name) => !isTimed(name)), ...variantIds].flatMap((id) => reportMetric(id) ?? []);
const timed = metricNames.filter(isTimed);

/** Which metrics, each with its meaning, and a mark where it does not go with the groupings and filters. */
export function MetricFields({ draft, change }: SettingsFields) {
  const [text, setText] = useState('');
  const matches = ({ title, meaning }: { readonly title: string; readonly meaning: string }) =>
    `${title} ${meaning}`.toLowerCase().includes(text.trim().toLowerCase());
  const chosen = new Set(draft.metrics.map(({ id }) => id));
  const toggle = (metric: ReportMetric) =>
    change({
      metrics: chosen.has(metric.id) ? draft.metrics.filter(({ id }) => id !== metric.id) : [...draft.metrics, metric],
    });
  const found = simple.filter(matches);
  const foundTimed = timed.filter((name) => matches(definitionOf(name)));
  return (
    <>
      <TextFilter
        filteringText={text}
        filteringPlaceholder="Find a metric"
        filteringAriaLabel="Find a metric"
        filteringClearAriaLabel="Clear"
        countText={text === '' ? '' : countOf(found.length + foundTimed.length, 'match', 'matches')}
        onChange={({ detail }) => setText(detail.filteringText.slice(0, 200))}
      />
      {(Object.keys(sources) as MetricDefinition['source'][]).map((source) => {
        const own = found.filter(({ name }) => definitionOf(name).source === source);
        const withSeconds = foundTimed.filter((name) => definitionOf(name).source === source);
        if (own.length + withSeconds.length === 0) return null;
        return (
          <fieldset key={source} className="metrics">
            <legend>
              <Box variant="h3">{sources[source]}</Box>
            </legend>
            <SpaceBetween size="s">
              {own.map((metric) => (
                <div key={metric.id}>
                  <Checkbox checked={chosen.has(metric.id)} onChange={() => toggle(metric)}>
                    {metric.title}
                    <Mark metric={metric} draft={draft} />
                  </Checkbox>
                  <div className="metric-meaning">
                    <Box color="text-body-secondary" fontSize="body-s">
                      {metric.meaning}
                    </Box>
                  </div>
                </div>
              ))}
              {withSeconds.map((name) => (
                <TimedMetric key={name} name={name} draft={draft} change={change} />
              ))}
            </SpaceBetween>
          </fieldset>
        );
      })}
    </>
  );
}

function Mark({ metric, draft }: { readonly metric: Pick<ReportMetric, 'name'>; readonly draft: ReportSettings }) {
  const why = mismatch(metric, draft);
  if (why === null) return null;
  return (
    <Box variant="span" color="text-status-warning" fontWeight="bold">
      {` ! ${why}`}
    </Box>
  );
}

/** A metric of X seconds, as often as there are numbers chosen. */
function TimedMetric({ name, draft, change }: SettingsFields & { readonly name: MetricName }) {
  const { title, meaning } = definitionOf(name);
  const own = draft.metrics.filter((metric) => metric.name === name);
  const secondsOf = (metric: ReportMetric) => metric.id.split('.')[1] ?? '';
  const values = [...new Set([...usualThresholds.map(String), ...own.map(secondsOf)])];
  const options = values.map((value) => ({ value, label: `${value} s` }));
  return (
    <div>
      {title}
      <Mark metric={{ name }} draft={draft} />
      <Box color="text-body-secondary" fontSize="body-s">
        {meaning}
      </Box>
      <Multiselect
        ariaLabel={`Seconds of ${title}`}
        placeholder="Choose X"
        inlineTokens
        options={options}
        selectedOptions={own.map((metric) => ({ value: secondsOf(metric), label: `${secondsOf(metric)} s` }))}
        onChange={({ detail }) => {
          const wanted = detail.selectedOptions.map(({ value }) => withThreshold(name, Number(value)));
          const kept = draft.metrics.filter((metric) => metric.name !== name || wanted.includes(metric.id));
          const added = wanted.filter((id) => !own.some((metric) => metric.id === id));
          change({ metrics: [...kept, ...added.flatMap((id) => reportMetric(id) ?? [])] });
        }}
      />
    </div>
  );
}
