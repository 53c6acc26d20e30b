import type { QueryClient } from '@tanstack/react-query';

const lists = new Set(['user-details', 'user', 'quick-connects', 'user-quick-connects']);

/** What Refresh does: every list on the page is asked for again. Nothing else ever reloads them. */
export function refreshLists(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => lists.has(String(queryKey[0])) });
}
