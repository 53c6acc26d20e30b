import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { ApiError, onSignedOut, onStaleToken, request, setCredentials } from './client.ts';
import type { EndOfSession as FoundEnd, SessionAnswer, SignInRequest } from './operations.ts';
import { type May, type PermissionId, permissionText } from './permissions.ts';

export type Session = SessionAnswer;

const path = '/console/api/session';

let lastUserId: string | null = null;
/** Whose session this tab had last. */
export const lastUser = (): string | null => lastUserId;

function take(session: Session): Session {
  lastUserId = session.User.Id;
  setCredentials({ instanceId: session.Instance.Id, csrfToken: session.CsrfToken });
  return session;
}

/** What there is to know about not being signed in. */
export interface SignedOut {
  /** Whether there is more than one instance to sign in to. */
  readonly asksForAlias: boolean;
  readonly why: EndOfSession | null;
}

/** Why a session is not there any more, as far as it is known: what the server says, and what this tab did itself. */
export type EndOfSession = FoundEnd | 'SIGNED_OUT';
const ends: Readonly<Record<EndOfSession, true>> = { SIGNED_OUT: true, IDLE: true, EXPIRED: true, ENDED: true };
export const endsOfSession = Object.keys(ends) as EndOfSession[];

const endOf = (error: ApiError): EndOfSession | null => endsOfSession.find((known) => known === error.reason) ?? null;

const signedOutKey = ['signed-out'];

async function askForSession(client: QueryClient, signal: AbortSignal): Promise<Session | null> {
  try {
    return take(await request<Session>('GET', path, { signal }));
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
    const { AsksForAlias } = error.answer as { readonly AsksForAlias?: boolean };
    const known: SignedOut = { asksForAlias: AsksForAlias === true, why: endOf(error) };
    client.setQueryData<SignedOut>(signedOutKey, known);
    return null;
  }
}

/** Null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ client, signal }) => askForSession(client, signal),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Comes with the answer to who asks for a session and has none; asked for only where that was not the way. */
export const signedOutQuery = queryOptions({
  queryKey: signedOutKey,
  queryFn: async ({ client, signal }): Promise<SignedOut> => {
    await askForSession(client, signal);
    return client.getQueryData<SignedOut>(signedOutKey) ?? { asksForAlias: false, why: null };
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export async function signIn(client: QueryClient, input: SignInRequest): Promise<void> {
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

let ended: EndOfSession | null = null;
/** Why the session that this tab had is not there any more. */
export const endOfThisSession = (): EndOfSession | null => ended;

/** Ends the session of this tab as soon as any call is answered with 401, and follows one that another tab has begun. */
export function watchSession(client: QueryClient): void {
  onSignedOut((error) => {
    setCredentials(null);
    ended = endOf(error) ?? 'ENDED';
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
