import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';

/** How far the history of the sample centre is. Every three seconds while it is being made; else it is asked for once. */
export const sampleHistoryQuery = queryOptions({
  queryKey: ['sample-history'],
  queryFn: ({ signal }) => call('DescribeSampleHistory', {}, { signal }),
  refetchInterval: (query) => (query.state.data?.Days === undefined ? false : 3000),
});
