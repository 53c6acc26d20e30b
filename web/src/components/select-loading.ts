import type { UseQueryResult } from '@tanstack/react-query';
import { explain } from '../api/errors.ts';

/** What a select shows while its options are on their way and where they fail, when opening it or "Retry" asks again. */
export function selectLoading(
  queries: readonly Pick<UseQueryResult, 'error' | 'isPending' | 'refetch'>[],
  loadingText = 'Loading',
) {
  const error = queries.find((query) => query.error)?.error;
  return {
    statusType: error
      ? ('error' as const)
      : queries.some((query) => query.isPending)
        ? ('loading' as const)
        : ('finished' as const),
    loadingText,
    errorText: error ? explain(error).message : undefined,
    recoveryText: 'Retry',
    onLoadItems: () => {
      for (const query of queries) if (query.error) void query.refetch();
    },
  };
}
