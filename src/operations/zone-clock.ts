// Pure: the website reckons with the same clock.

/** What the zone's clock shows at a time, as if it were UTC. */
export const clockAt = (time: Date, timeZone: string): number => time.getTime() + offsets(timeZone)(time.getTime());

/** The zone's distance from UTC in milliseconds. */
export function offsets(timeZone: string): (time: number) => number {
  const format = formatOf(timeZone);
  return (time) => {
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day: dayOfMonth = 1, hour = 0, minute: minutes = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, dayOfMonth, hour, minutes, second) - Math.floor(time / 1000) * 1000;
  };
}

/** One of them takes a millisecond to make. Names come from outside, so no more are kept than there are zones. */
const formats = new Map<string, Intl.DateTimeFormat>();
const mostFormats = 600;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formats.size < mostFormats) formats.set(timeZone, format);
  return format;
}
