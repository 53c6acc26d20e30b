import { useSyncExternalStore } from 'react';
import { useSession } from '../api/session.ts';

/** What one user has chosen, for as long as the tab lives; whoever asks for another user finds nothing of it. */
export function createKept() {
  let owner = '';
  let values = new Map<string, unknown>();
  const listeners = new Set<() => void>();
  const of = (user: string) => {
    if (user !== owner) {
      owner = user;
      values = new Map();
    }
    return values;
  };
  return {
    get: (user: string, key: string): unknown => of(user).get(key),
    set: (user: string, key: string, value: unknown) => {
      of(user).set(key, value);
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const kept = createKept();

/** State outside of the page, so that opening a user and coming back does not lose forty ticks; the signed-in user's own. */
export function useKept<T>(key: string, initial: T): [T, (next: T) => void] {
  const user = useSession().User.Id;
  const value = useSyncExternalStore(kept.subscribe, () => kept.get(user, key)) as T | undefined;
  return [value ?? initial, (next) => kept.set(user, key, next)];
}
