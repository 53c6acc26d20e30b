import { useSyncExternalStore } from 'react';
import { recall, remember } from './storage.ts';

/** `system` follows the system as it changes. */
export type Theme = 'system' | 'light' | 'dark';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function chosen(): Theme {
  const value = recall('theme');
  return value === 'light' || value === 'dark' ? value : 'system';
}

let theme = chosen();

/** Cloudscape's dark mode is a class on body; ours on html steers the page before any of it is loaded. */
export function applyTheme(): void {
  const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
  document.body.classList.toggle('awsui-dark-mode', isDark);
  document.documentElement.classList.toggle('dark', isDark);
  document.documentElement.classList.toggle('light', !isDark);
}

dark.addEventListener('change', applyTheme);

export function chooseTheme(next: Theme): void {
  theme = next;
  remember('theme', next === 'system' ? null : next);
  applyTheme();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => theme,
  );
}
