import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { ApiError, onSignedOut, onStaleToken, request, setCredentials } from './client.ts';
import type { SessionAnswer } from './operations.ts';
import { type May, type PermissionId, permissionText } from './permissions.ts';

export type Session = SessionAnswer;

export interface SignIn {
  readonly Username: string;
  readonly Password: string;
  readonly InstanceAlias?: string;
}

const path = '/console/api/session';

function take(session: Session): Session {
  setCredentials({ instanceId: session.Instance.Id, csrfToken: session.CsrfToken });
  return session;
}

/** Null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return take(await request<Session>('GET', path, { signal }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Whether there is more than one instance to sign in to; the answer to who is not signed in says so. */
export const asksForAliasQuery = queryOptions({
  queryKey: ['asks-for-alias'],
  queryFn: async ({ signal }): Promise<boolean> => {
    try {
      await request('GET', path, { signal });
      return false;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
      return (error.answer as { readonly AsksForAlias?: boolean }).AsksForAlias === true;
    }
  },
});

export async function signIn(client: QueryClient, input: SignIn): Promise<void> {
  setCredentials(null);
  const session = take(await request<Session>('POST', path, { body: input }));
  // What another user has seen is not for this one.
  client.clear();
  client.setQueryData(sessionQuery.queryKey, session);
}

/** Leave the page with a full load afterwards: nothing of this user may stay in memory. */
export async function signOut(): Promise<void> {
  try {
    await request('DELETE', path);
  } catch (error) {
    // A session that has ended already is what was wanted.
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
}

/** Ends the session of this tab as soon as any call is answered with 401, and follows one that another tab has begun. */
export function watchSession(client: QueryClient): void {
  onSignedOut(() => {
    setCredentials(null);
    client.setQueryData(sessionQuery.queryKey, null);
  });
  onStaleToken(async () => {
    const before = client.getQueryData(sessionQuery.queryKey)?.User.Id;
    const now = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    if (now && now.User.Id === before) return true;
    // Another user has signed in: nothing of the first one's may be shown or done any more.
    if (now) window.location.reload();
    return false;
  });
}

/** Filled by the gate in routes/Console.tsx, which renders no page without a session. */
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('A page outside of the sign-in gate asked for the session.');
  return session;
}

/** What the security profiles of the signed-in user allow; the server checks the same again. */
export function useMay(): May {
  const held = useSession().Permissions;
  return (permission) => held.includes(permission);
}

/** Why something is not offered; undefined when one of the permissions is there. */
export function useRefusal(): (...anyOf: readonly [PermissionId, ...PermissionId[]]) => string | undefined {
  const may = useMay();
  return (...anyOf) => (anyOf.some(may) ? undefined : `You need the permission ${permissionText(anyOf[0])}.`);
}
