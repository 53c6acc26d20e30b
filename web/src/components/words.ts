const numbers = new Intl.NumberFormat('en');
// The words are English; how a day and a time are written is the reader's own custom.
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const formatNumber = (value: number): string => numbers.format(value);

/** "1 user", "1,200 users". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** A time of the wire, epoch seconds, in the reader's own time zone. */
export const formatTime = (seconds: number): string => moments.format(seconds * 1000);

/** "A, B and C"; beyond `limit` "A, B and 7 more". */
export function listOf(names: readonly string[], limit = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length > limit) return `${names.slice(0, limit).join(', ')} and ${formatNumber(names.length - limit)} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** Seconds as reports write them: hh:mm:ss, with as many hours as there are. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** "Lovelace, Ada", as Connect's reports write it; empty where neither name is known. */
export const agentName = ({ FirstName, LastName }: { FirstName?: string | undefined; LastName?: string | undefined }) =>
  [LastName, FirstName].filter((part) => part !== undefined && part !== '').join(', ');

const acronyms = /\b(?:api|sms|url|id)\b/gi;

/** A word of a label amid a sentence: small, but for what is written in capitals ("API", "WebRTC API"). */
export const withinSentence = (words: string): string =>
  /^\S+[A-Z]/.test(words) ? words : `${words.charAt(0).toLowerCase()}${words.slice(1)}`;

/** "CUSTOMER_DISCONNECT" as people read it. */
export const spoken = (value: string): string =>
  `${value.charAt(0)}${value.slice(1).toLowerCase().replaceAll('_', ' ')}`.replace(acronyms, (word) =>
    word.toUpperCase(),
  );
