import type { UseQueryResult } from '@tanstack/react-query';
import { explain } from '../api/errors.ts';

/** What a select shows while its options are on their way and where they fail, when opening it asks again, and "Retry" where it may help. */
export function selectLoading(
  queries: readonly Pick<UseQueryResult, 'error' | 'isPending' | 'refetch'>[],
  loadingText = 'Loading',
) {
  const error = queries.find((query) => query.error)?.error;
  const said = error ? explain(error) : undefined;
  return {
    statusType: error
      ? ('error' as const)
      : queries.some((query) => query.isPending)
        ? ('loading' as const)
        : ('finished' as const),
    loadingText,
    errorText: said?.message,
    recoveryText: said?.retry ? 'Retry' : undefined,
    onLoadItems: () => {
      for (const query of queries) if (query.error) void query.refetch();
    },
  };
}
