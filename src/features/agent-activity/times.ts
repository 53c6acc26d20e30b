import { unusableToken } from '../../operations/paging.ts';

/** The last millisecond that has four digits for its year. */
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** In a page token. @throws InvalidParameterException for what no page gave */
export function timeOf(part: string | number | undefined): Date {
  if (typeof part !== 'number' || part < 0 || part > latest) throw unusableToken();
  return new Date(part);
}

/** For files: a time as the clocks of a zone show it, with what they are ahead of UTC. */
export function localTimes(timeZone: string): (time: Date) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const offset = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (time) => {
    const name = offset.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    return `${format.format(time).replace(' ', 'T')}${name.slice('GMT'.length) || 'Z'}`;
  };
}
