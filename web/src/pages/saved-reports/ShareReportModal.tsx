import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { SavedReportRow, SavedReportStatus } from '../../api/saved-reports.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { FormModal } from '../../components/FormModal.tsx';
import { flash } from '../../components/flashes.ts';
import { useHref } from '../../routes/navigation.ts';
import { savedReportStatuses } from './saved-report-list-state.ts';
import { useReportRights } from './saved-report-rights.ts';

const meanings: Readonly<Record<SavedReportStatus, string>> = {
  PRIVATE: 'Only its owner opens it, and administrators of saved reports.',
  SHARED: 'Whoever has the link and may see saved reports opens it.',
  PUBLISHED: 'It also stands in the list of everybody who may see saved reports.',
};

const confirms: Readonly<Record<SavedReportStatus, string>> = {
  PRIVATE: 'Make private',
  SHARED: 'Share and copy link',
  PUBLISHED: 'Publish and copy link',
};

interface ShareReportModalProps {
  readonly report: Pick<SavedReportRow, 'Id' | 'Name' | 'Owner' | 'Status'>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Who may open a saved report, and the link to it. */
export function ShareReportModal({ report, onClose, onDone }: ShareReportModalProps) {
  const { noStatus } = useReportRights();
  const client = useQueryClient();
  const href = useHref();
  const to = { to: '/saved-reports/$savedReportId', params: { savedReportId: report.Id } } as const;
  const link = new URL(href(to), location.href).href;
  // Nothing is changed but by a choice.
  const [status, setStatus] = useState(report.Status);
  const isChange = status !== report.Status;
  const share = useMutation({
    mutationFn: async () => {
      if (isChange) await call('UpdateSavedReportStatus', { SavedReportId: report.Id, Status: status });
      if (status === 'PRIVATE') return null;
      return navigator.clipboard.writeText(link).then(
        () => true,
        // Not there without HTTPS.
        () => false,
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['saved-report', report.Id] }),
    onSuccess: (copied) => {
      const changed = isChange ? `“${report.Name}” is ${savedReportStatuses[status].toLowerCase()} now. ` : '';
      if (copied === null) flash({ type: 'success', content: changed.trim() });
      else if (copied) flash({ type: 'success', content: `${changed}The link is copied.` });
      else
        flash({
          type: 'info',
          content: `${changed}The browser did not let the link be copied. It is the address of the report’s page.`,
        });
      onDone();
    },
  });
  return (
    <FormModal
      header={`Share “${report.Name}”`}
      confirm={isChange ? confirms[status] : 'Copy link'}
      pending={share.isPending}
      unsaved={isChange && !share.isSuccess}
      refusal={!isChange && status === 'PRIVATE' ? 'It is private: choose above who else may open it.' : null}
      onClose={onClose}
      onConfirm={() => share.mutate()}
    >
      <SpaceBetween size="m">
        {share.error && <ErrorAlert header="The report was not shared" error={share.error} />}
        <FormField label="Who may open it">
          <RadioGroup
            value={status}
            items={(Object.keys(savedReportStatuses) as SavedReportStatus[]).map((value) => {
              const why = noStatus(report, value);
              return {
                value,
                label: savedReportStatuses[value],
                description: why ?? meanings[value],
                disabled: why !== undefined,
              };
            })}
            onChange={({ detail }) => setStatus(detail.value as SavedReportStatus)}
          />
        </FormField>
        {status !== 'PRIVATE' && (
          <div>
            <Box variant="awsui-key-label">Link</Box>
            <span className="share-link">{link}</span>
          </div>
        )}
        <Box color="text-body-secondary">
          Others see the report as it is saved, with the values that they may see themselves.
        </Box>
      </SpaceBetween>
    </FormModal>
  );
}
