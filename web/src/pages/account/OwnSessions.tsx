import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { endOtherSessions, endOwnSession, type OwnSession, ownSessionsQuery } from '../../api/account.ts';
import { explain } from '../../api/errors.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { flash } from '../../components/flashes.ts';
import { focusPage } from '../../components/page.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { useNarrow } from '../../components/use-window.ts';
import { countOf, formatTime } from '../../components/words.ts';

const details = new Set(['from', 'until']);

/** Where one is signed in; any of it can be ended from here. */
export function OwnSessions() {
  const client = useQueryClient();
  const { data: sessions, error, refetch } = useQuery(ownSessionsQuery);
  const end = useMutation({
    mutationFn: async (session: OwnSession | null) => {
      if (session) await endOwnSession(session.Id);
      return session ? 1 : (await endOtherSessions()).Ended;
    },
    onSuccess: (ended) => {
      flash({
        type: 'success',
        content: `${countOf(ended, 'other session')} of yours ${ended === 1 ? 'was' : 'were'} ended.`,
      });
      focusPage();
    },
    onError: (refused) =>
      flash({ type: 'error', header: 'The session was not ended', content: explain(refused).message }),
    onSettled: () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  });
  const narrow = useNarrow();
  const others = (sessions ?? []).filter(({ Current }) => !Current).length;
  const noOthers = others === 0 ? 'You are signed in nowhere else.' : undefined;
  return (
    <Table
      header={
        <Header
          variant="h2"
          counter={sessions ? `(${sessions.length})` : ''}
          description="Where you are signed in. End what you do not know, and change your password."
          actions={
            <Button
              disabled={noOthers !== undefined}
              disabledReason={noOthers}
              loading={end.isPending && end.variables === null}
              onClick={() => end.mutate(null)}
            >
              Sign out everywhere else
            </Button>
          }
        >
          Sessions
        </Header>
      }
      ariaLabels={{ tableLabel: 'Sessions' }}
      trackBy="Id"
      items={sessions ?? []}
      loading={!sessions && !error}
      loadingText="Loading the sessions"
      wrapLines
      empty={
        error && <ErrorAlert header="The sessions could not be loaded" error={error} onRetry={() => void refetch()} />
      }
      // A phone has room for when and for the button.
      columnDisplay={['since', 'from', 'until', 'end'].map((id) => ({ id, visible: !narrow || !details.has(id) }))}
      columnDefinitions={[
        {
          id: 'since',
          header: 'Signed in',
          isRowHeader: true,
          cell: (session) => (
            <>
              <TimeText seconds={session.SignInTime} /> {session.Current && <Badge color="blue">this one</Badge>}
              {narrow && (
                <Box variant="small" display="block">
                  from {session.Address ?? 'an address that is not known'}, ends without use{' '}
                  <TimeText seconds={session.ExpiresTime} />
                </Box>
              )}
            </>
          ),
        },
        { id: 'from', header: 'From', cell: ({ Address }) => Address ?? 'Not known' },
        { id: 'until', header: 'Ends without use', cell: ({ ExpiresTime }) => <TimeText seconds={ExpiresTime} /> },
        {
          id: 'end',
          header: 'End',
          cell: (session) =>
            session.Current ? (
              '–'
            ) : (
              <Button
                variant="inline-link"
                ariaLabel={`Sign out the session of ${formatTime(session.SignInTime)}`}
                loading={end.isPending && end.variables === session}
                onClick={() => end.mutate(session)}
              >
                Sign out
              </Button>
            ),
        },
      ]}
    />
  );
}
