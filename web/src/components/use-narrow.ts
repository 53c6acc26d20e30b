import { useSyncExternalStore } from 'react';

/** Cloudscape's own border between a phone and everything else. */
const narrow = window.matchMedia('(max-width: 688px)');

export const isNarrow = (): boolean => narrow.matches;

export function useNarrow(): boolean {
  return useSyncExternalStore((listener) => {
    narrow.addEventListener('change', listener);
    return () => narrow.removeEventListener('change', listener);
  }, isNarrow);
}
