import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useMay } from '../../api/session.ts';
import type { BatchSelection } from '../../api/types.ts';
import { DownloadButton } from '../../components/DownloadButton.tsx';
import { activityOfLeavers, mostDays, readDays, usualDays } from './activity-of-leavers.ts';

/** Afterwards the Agent activity audit does not offer them any more: who needs it saves it before. */
export function SaveActivity({ selection }: { readonly selection: BatchSelection }) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(String(usualDays));
  if (!may('AccessMetrics') && !may('AccessMetrics.AgentActivityAudit.Access')) return null;
  const days = readDays(typed);
  const wrong = days === null ? `Enter a number of days from 1 to ${mostDays}.` : undefined;
  return (
    <ExpandableSection
      headerText="Save their agent activity audit before"
      expanded={open}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {open && (
        <SpaceBetween size="s">
          <div>One file has it of all who are chosen.</div>
          <FormField label="Days until now" errorText={wrong}>
            <Input
              value={typed}
              inputMode="numeric"
              autoComplete={false}
              onChange={({ detail }) => setTyped(detail.value)}
            />
          </FormField>
          <DownloadButton
            loadingText="Fetching the activity"
            refusal={wrong}
            file={(signal) => activityOfLeavers(selection, days ?? usualDays, new Date(), signal)}
          />
        </SpaceBetween>
      )}
    </ExpandableSection>
  );
}
