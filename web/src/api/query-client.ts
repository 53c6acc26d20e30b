import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { explain } from './errors.ts';

/**
 * Nothing is fetched again behind the user's back: a list changes when it is refreshed, paged or opened.
 * What does poll (the batches) says so itself.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && explain(error).retry,
        retryDelay: (attempt) => 300 * 2 ** attempt,
      },
      mutations: { retry: false },
    },
  });
}
