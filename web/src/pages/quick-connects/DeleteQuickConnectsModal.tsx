import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { deleteQuickConnects, type QuickConnectDeletions } from '../../api/quick-connects.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { ConfirmModal } from '../../components/ConfirmModal.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { flash } from '../../components/flashes.ts';
import { NamedList } from '../../components/NamedList.tsx';
import { countOf, formatNumber } from '../../components/words.ts';
import { destinationName, queueLossText } from './quick-connect-words.ts';

interface DeleteQuickConnectsModalProps {
  readonly rows: readonly QuickConnectRow[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const named = 100;

export function DeleteQuickConnectsModal({ rows, onClose, onDone }: DeleteQuickConnectsModalProps) {
  const words = countOf(rows.length, 'quick connect');
  const orphaned = rows.filter((row) => row.Orphaned).length;
  const remove = useMutation({
    mutationFn: () => deleteQuickConnects(rows.map((row) => row.QuickConnectId)),
    onSuccess: (result) => {
      report(result);
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
          This cannot be undone. Agents no longer see {rows.length === 1 ? 'it' : 'them'}. {queueLossText(rows)}
        </Alert>
        {remove.error && <ErrorAlert header="The quick connects were not deleted" error={remove.error} />}
        <NamedList
          name={`Quick connects${orphaned > 0 ? ` (${formatNumber(orphaned)} of them orphaned)` : ''}`}
          items={
            <>
              {rows.slice(0, named).map((row) => (
                <li key={row.QuickConnectId}>
                  <b>{row.Name}</b> to {destinationName(row)}
                  {row.Orphaned ? ', orphaned' : ''}
                </li>
              ))}
              {rows.length > named && <li>and {formatNumber(rows.length - named)} more</li>}
            </>
          }
        />
      </SpaceBetween>
    </ConfirmModal>
  );
}

function report({ Deleted, Failed }: QuickConnectDeletions): void {
  if (Deleted.length > 0) {
    const words = countOf(Deleted.length, 'quick connect');
    flash({ type: 'success', travels: true, content: `${words} ${Deleted.length === 1 ? 'was' : 'were'} deleted.` });
  }
  const [first] = Failed;
  if (!first) return;
  flash({
    type: 'error',
    travels: true,
    header: `${countOf(Failed.length, 'quick connect')} ${Failed.length === 1 ? 'was' : 'were'} not deleted`,
    content: Failed.length === 1 ? first.Reason : `The first reason: ${first.Reason}`,
  });
}
