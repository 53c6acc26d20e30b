import { formatTimeIn } from '../../components/time-zone.ts';

/** Epoch seconds as a clock in the report's zone shows them; a dash when it has not happened. */
export function TimeInZone({ seconds, zone }: { readonly seconds: number | undefined; readonly zone: string }) {
  if (seconds === undefined) return <>–</>;
  return <time dateTime={new Date(seconds * 1000).toISOString()}>{formatTimeIn(seconds, zone)}</time>;
}
