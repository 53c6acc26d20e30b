import { useSyncExternalStore } from 'react';

function windowThat(query: string) {
  const media = window.matchMedia(query);
  const is = () => media.matches;
  const subscribe = (listener: () => void) => {
    media.addEventListener('change', listener);
    return () => media.removeEventListener('change', listener);
  };
  return { is, use: () => useSyncExternalStore(subscribe, is) };
}

/** Cloudscape's own border between a phone and everything else. */
const narrow = windowThat('(max-width: 688px)');
/** Where what sticks at the top leaves most of the height to the rows below it; base.css has the same border. */
const tall = windowThat('(min-height: 640px)');

export const isNarrow = narrow.is;
export const useNarrow = narrow.use;
export const useTall = tall.use;
