import { queryOptions } from '@tanstack/react-query';
import { request } from './client.ts';
import type { PasswordRequest, SessionsAnswer } from './operations.ts';

export type OwnSession = SessionsAnswer['Sessions'][number];

const sessions = '/console/api/sessions';

/** Those of the signed-in user, newest first. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: async ({ signal }) => (await request<SessionsAnswer>('GET', sessions, { signal })).Sessions,
  gcTime: 0,
});

export const endOwnSession = (id: string) => request('DELETE', `${sessions}/${encodeURIComponent(id)}`);
export const endOtherSessions = () => request<{ readonly Ended: number }>('DELETE', sessions);
export const changePassword = (body: PasswordRequest) => request('PUT', '/console/api/password', { body });
