import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import type { SavedReportRow } from '../../api/saved-reports.ts';
import { ConfirmModal } from '../../components/ConfirmModal.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { flash } from '../../components/flashes.ts';
import { NamedList } from '../../components/NamedList.tsx';
import { countOf } from '../../components/words.ts';

interface DeleteReportsModalProps {
  readonly rows: readonly SavedReportRow[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function DeleteReportsModal({ rows, onClose, onDone }: DeleteReportsModalProps) {
  const words = countOf(rows.length, 'saved report');
  const open = rows.filter(({ Status }) => Status !== 'PRIVATE').length;
  const remove = useMutation({
    mutationFn: async () => {
      for (const { Id } of rows) {
        await call('DeleteSavedReport', { SavedReportId: Id }).catch((error: unknown) => {
          // Somebody else was first.
          if (!isNotFound(error)) throw error;
        });
      }
    },
    onSuccess: () => {
      flash({ type: 'success', content: `${words} ${rows.length === 1 ? 'was' : 'were'} deleted.` });
      onDone();
    },
  });
  return (
    <ConfirmModal
      header={`Delete ${words}?`}
      confirm={`Delete ${words}`}
      pending={remove.isPending}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
    >
      <SpaceBetween size="m">
        <Alert type="warning" statusIconAriaLabel="Warning">
          This cannot be undone.{open > 0 ? ' Links to what is shared or published lead nowhere then.' : ''} The history
          that reports are made of stays.
        </Alert>
        {remove.error && <ErrorAlert header="Not all of them were deleted" error={remove.error} />}
        <NamedList name="Saved reports" items={rows.map(({ Id, Name }) => <li key={Id}>{Name}</li>)} />
      </SpaceBetween>
    </ConfirmModal>
  );
}
