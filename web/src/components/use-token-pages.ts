import { useState } from 'react';

/**
 * Paging over NextTokens, which know only forward: the tokens of the pages seen are kept, so that going back works.
 * Another `reset` (a filter, a page size) begins anew.
 */
export function useTokenPages(reset: string) {
  const [seen, setSeen] = useState<{ reset: string; page: number; tokens: readonly string[] }>({
    reset,
    page: 1,
    tokens: [],
  });
  const { page, tokens } = seen.reset === reset ? seen : { page: 1, tokens: [] as readonly string[] };
  return {
    page,
    /** Of the page to ask for; undefined for the first. */
    token: page === 1 ? undefined : tokens[page - 2],
    /** `next` is the NextToken of the page in sight. */
    go: (to: number, next: string | undefined) => {
      const kept = next ? [...tokens.slice(0, page - 1), next] : tokens;
      setSeen({ reset, page: Math.min(to, kept.length + 1), tokens: kept });
    },
    restart: () => setSeen({ reset, page: 1, tokens: [] }),
  };
}
