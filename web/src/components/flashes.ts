import { useSyncExternalStore } from 'react';

/** A message of the website itself, such as "3 quick connects were deleted". Batches have their own banners. */
export interface Flash {
  readonly id: string;
  readonly type: 'success' | 'error' | 'warning' | 'info';
  readonly header?: string;
  readonly content: string;
}

let flashes: readonly (Flash & { readonly fresh: boolean })[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: typeof flashes): void {
  flashes = next;
  for (const listener of listeners) listener();
}

export function flash(message: Omit<Flash, 'id'>): void {
  count += 1;
  set([{ ...message, id: `flash-${count}`, fresh: true }, ...flashes].slice(0, 5));
}

export function dismissFlash(id: string): void {
  set(flashes.filter((item) => item.id !== id));
}

/** A message outlives the change of page that follows it, not the next one. */
export function ageFlashes(): void {
  if (flashes.length > 0) set(flashes.filter((item) => item.fresh).map((item) => ({ ...item, fresh: false })));
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
