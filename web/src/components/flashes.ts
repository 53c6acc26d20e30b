import { useSyncExternalStore } from 'react';

/** A message of the website itself, such as "3 quick connects were deleted". Batches have their own banners. */
export interface Flash {
  readonly id: string;
  readonly type: 'success' | 'error' | 'warning' | 'info' | 'in-progress';
  readonly header?: string;
  readonly content: string;
  /** Ends what is in progress; such a message goes by itself when it is done. */
  readonly onStop?: () => void;
  /** It stays over the change of page that is about to happen; otherwise it goes with its page. */
  readonly travels?: boolean;
}

let flashes: readonly Flash[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: typeof flashes): void {
  flashes = next;
  for (const listener of listeners) listener();
}

/** Shows a message; its id is for dismissFlash. */
export function flash(message: Omit<Flash, 'id'>): string {
  count += 1;
  const id = `flash-${count}`;
  set([{ ...message, id }, ...flashes].slice(0, 5));
  return id;
}

export function dismissFlash(id: string): void {
  set(flashes.filter((item) => item.id !== id));
}

/** At sign-in: what was said to another user, or about the end of a session, is over. */
export function clearFlashes(): void {
  set([]);
}

/** At a change of page. */
export function ageFlashes(): void {
  if (flashes.length === 0) return;
  set(flashes.filter((item) => item.travels).map((item) => ({ ...item, travels: false })));
}

export function useFlashes(): readonly Flash[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => flashes,
  );
}
