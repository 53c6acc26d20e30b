import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { type ReactNode, useState } from 'react';
import { FormModal } from '../../components/FormModal.tsx';
import { FilterFields } from './FilterFields.tsx';
import { GroupingFields } from './GroupingFields.tsx';
import { MetricFields } from './MetricFields.tsx';
import { RangeFields } from './RangeFields.tsx';
import { momentsOf } from './report-range.ts';
import { countFilters, mismatch, type ReportSettings, refusalOf } from './report-settings.ts';

interface SettingsModalProps {
  readonly settings: ReportSettings;
  readonly onApply: (next: ReportSettings) => void;
  readonly onClose: () => void;
}

/** The gear of a report, with the tabs that Connect has there. */
export function SettingsModal({ settings, onApply, onClose }: SettingsModalProps) {
  const [draft, setDraft] = useState(settings);
  const change = (next: Partial<ReportSettings>) => setDraft({ ...draft, ...next });
  const moments = momentsOf(draft, new Date());
  const refusal = ('problem' in moments ? moments.problem : null) ?? refusalOf(draft);
  const without = draft.metrics.filter((metric) => mismatch(metric, draft) !== null).length;
  const filters = countFilters(draft.filters);
  const fields = { draft, change };
  const tab = (content: ReactNode) => <div className="tab-room">{content}</div>;
  return (
    <FormModal
      header="Report settings"
      confirm="Apply"
      size="large"
      unsaved={JSON.stringify(draft) !== JSON.stringify(settings)}
      pending={false}
      refusal={refusal}
      onConfirm={() => onApply(draft)}
      onClose={onClose}
    >
      <SpaceBetween size="s">
        {refusal !== null && (
          <Alert type="warning" statusIconAriaLabel="Warning">
            {refusal}
          </Alert>
        )}
        {without > 0 && (
          <Box color="text-status-warning">
            {`! ${without === 1 ? 'One metric does' : `${without} metrics do`} not go with the groupings and filters, and will have no values.`}
          </Box>
        )}
        <Tabs
          ariaLabel="Report settings"
          tabs={[
            { id: 'range', label: 'Interval & Time range', content: tab(<RangeFields {...fields} />) },
            {
              id: 'groupings',
              label: `Groupings (${draft.groupings.length})`,
              content: tab(<GroupingFields {...fields} />),
            },
            { id: 'filters', label: `Filters (${filters})`, content: tab(<FilterFields {...fields} />) },
            {
              id: 'metrics',
              label: `Metrics (${draft.metrics.length})`,
              content: tab(<MetricFields {...fields} />),
            },
          ]}
        />
      </SpaceBetween>
    </FormModal>
  );
}
