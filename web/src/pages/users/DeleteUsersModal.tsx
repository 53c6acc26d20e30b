import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/session.ts';
import type { BatchSelection } from '../../api/types.ts';
import { deletionPreviewQuery, startUserDeletion } from '../../api/user-batches.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { FormModal } from '../../components/FormModal.tsx';
import { newToken } from '../../components/token.ts';
import { formatNumber } from '../../components/words.ts';
import { useHref } from '../../routes/navigation.ts';
import { mostAgents } from '../contacts/contact-list-state.ts';
import { CaseDifferences } from './CaseDifferences.tsx';
import { aftermath, confirmRefusal, deletableText, deleteText, refusals, typedAbove } from './deletion.ts';
import { PreviewedUsers } from './PreviewedUsers.tsx';
import { QuickConnectChoice } from './QuickConnectChoice.tsx';
import { SaveActivity } from './SaveActivity.tsx';

interface DeleteUsersModalProps {
  readonly selection: BatchSelection;
  /** Logins by id, as far as the page knows them. */
  readonly logins: ReadonlyMap<string, string>;
  /** To the list that they were named by. */
  readonly onBack?: (() => void) | undefined;
  readonly onClose: () => void;
  readonly onStarted: () => void;
}

/** Names the users and what would break, and starts the batch. One dialog starts one batch, however often it is sent. */
export function DeleteUsersModal({ selection, logins, onBack, onClose, onStarted }: DeleteUsersModalProps) {
  const client = useQueryClient();
  const mayDeleteQuickConnects = useMay()('TransferDestinations.Delete');
  const [chosen] = useState(selection);
  const [token] = useState(newToken);
  const [typed, setTyped] = useState('');
  const [looked, setLooked] = useState(false);
  const [withQuickConnects, setWithQuickConnects] = useState(mayDeleteQuickConnects);
  const preview = useInfiniteQuery(deletionPreviewQuery(chosen));
  const first = preview.data?.pages[0];
  const start = useMutation({
    mutationFn: (expected: number) => startUserDeletion(chosen, expected, withQuickConnects ? 'DELETE' : 'KEEP', token),
    // Others may match by now: what is shown must be what would be confirmed next.
    onError: () => {
      setTyped('');
      setLooked(false);
      void preview.refetch();
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['user-batches'] });
      onStarted();
    },
  });
  const count = first?.Summary.RequestedCount;
  const title = first ? deleteText(first.Summary) : 'Delete users';
  const said = first ? refusals(first.Summary) : [];
  return (
    <FormModal
      header={`${title}?`}
      confirm={title}
      size="large"
      // The list that they were named by.
      unsaved={onBack !== undefined}
      pending={start.isPending}
      refusal={first ? confirmRefusal(first.Summary, typed, looked) : 'Wait until what would be affected is known.'}
      onConfirm={() => {
        if (count !== undefined) start.mutate(count);
      }}
      onBack={onBack}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <Alert type="warning" statusIconAriaLabel="Warning">
          This cannot be undone. {aftermath(count)}
          <ContactsLink selection={chosen} />
        </Alert>
        {start.error && <ErrorAlert header="Nothing was deleted" error={start.error} />}
        {preview.isPending && <StatusIndicator type="loading">Looking up what would be affected</StatusIndicator>}
        {preview.error && !first && (
          <ErrorAlert
            header="What would be affected is not known"
            error={preview.error}
            onRetry={() => void preview.refetch()}
          />
        )}
        {first && (
          <SpaceBetween size="m">
            {said.length > 0 && (
              <Alert type="info" header={deletableText(first.Summary)} statusIconAriaLabel="Info">
                {said.map((sentence) => (
                  <div key={sentence}>{sentence}</div>
                ))}
              </Alert>
            )}
            <PreviewedUsers
              users={preview.data?.pages.flatMap((page) => page.Users) ?? []}
              logins={logins}
              total={first.Summary.RequestedCount}
              isFetching={preview.isFetchingNextPage}
              onMore={preview.hasNextPage ? () => void preview.fetchNextPage() : undefined}
            />
            <CaseDifferences preview={first} looked={looked} onLooked={setLooked} />
            <QuickConnectChoice
              preview={first}
              permitted={mayDeleteQuickConnects}
              checked={withQuickConnects}
              onChange={setWithQuickConnects}
            />
            {first.Summary.DeletableCount > 0 && <SaveActivity selection={chosen} />}
            {first.Summary.DeletableCount > typedAbove && (
              <FormField
                label={`To confirm, type the number of users that will be deleted: ${formatNumber(first.Summary.DeletableCount)}`}
              >
                <Input
                  value={typed}
                  onChange={({ detail }) => setTyped(detail.value)}
                  inputMode="numeric"
                  autoComplete={false}
                />
              </FormField>
            )}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </FormModal>
  );
}

/** In another tab: the dialog stays. */
function ContactsLink({ selection }: { readonly selection: BatchSelection }) {
  const may = useMay()('ContactSearch.View');
  const ids = selection.UserIds ?? [];
  const search = ids.length > 0 && ids.length <= mostAgents ? { agents: ids.join(',') } : {};
  const href = useHref()({ to: '/contact-search', search });
  if (!may) return null;
  return (
    <>
      {' '}
      <Link href={href} external externalIconAriaLabel="Opens in a new tab">
        {'agents' in search ? 'See their contacts' : 'See Contact search'}
      </Link>
    </>
  );
}
