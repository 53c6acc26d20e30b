import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { endOfThisSession, SessionContext, sessionQuery, signedOutQuery } from '../api/session.ts';
import { ErrorAlert } from '../components/ErrorAlert.tsx';
import { Layout } from './Layout.tsx';
import { useGo, useHere } from './navigation.ts';
import { isSignIn, wantedPath } from './paths.ts';

/** The gate: no page without a session. Without one, also when it ends, sign-in comes first and then this address again. */
export function Console() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const here = useHere();
  const go = useGo();
  const client = useQueryClient();
  const signedOut = session === null;
  useEffect(() => {
    // The address changes at once, this page goes only when the code of the next one is there.
    if (!signedOut || isSignIn(here)) return;
    const to = wantedPath(here);
    const why = endOfThisSession() ?? client.getQueryData(signedOutQuery.queryKey)?.why;
    go({ to: '/sign-in', search: { ...(to && { to }), ...(why && { why }) }, replace: true });
  }, [signedOut, here, go, client]);
  if (error && !session) {
    return (
      <main style={{ padding: 32 }}>
        <ErrorAlert error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  if (!session) return null;
  return (
    <SessionContext value={session}>
      <Layout />
    </SessionContext>
  );
}
