import { useLocation, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';

/** Goes to an address of this website; `replace` leaves no step to go back to. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return (href, options) => {
    if (options?.replace) router.history.replace(href);
    else router.history.push(href);
  };
}

/** The present address, path and query, as links write it. */
export function useHere(): string {
  return useLocation({ select: (location) => location.publicHref });
}

/**
 * State that lives in the query part of the address, so that it can be linked and survives reload and back.
 * `read` and `write` are each other's inverse; `write` leaves out what has its default value.
 */
export function useUrlState<S>(
  read: (search: URLSearchParams) => S,
  write: (state: S) => URLSearchParams,
): [S, (next: S, options?: { replace?: boolean }) => void] {
  const search = useLocation({ select: (location) => location.searchStr });
  const path = useLocation({ select: (location) => location.publicHref.split(/[?#]/)[0] ?? '' });
  const go = useGo();
  const state = useMemo(() => read(new URLSearchParams(search)), [read, search]);
  return [
    state,
    (next, options) => {
      const query = write(next).toString();
      go(query === '' ? path : `${path}?${query}`, options);
    },
  ];
}
