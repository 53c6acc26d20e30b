import { formatTime } from './words.ts';

/** Epoch seconds as people read them; a dash when it has not happened. */
export function TimeText({ seconds }: { readonly seconds: number | undefined }) {
  if (seconds === undefined) return <>–</>;
  return <time dateTime={new Date(seconds * 1000).toISOString()}>{formatTime(seconds)}</time>;
}
