/** What somebody said or wrote. */
export interface Utterance {
  readonly who: string;
  /** Null: not recorded. */
  readonly when: { readonly seconds: number } | { readonly offsetSeconds: number } | null;
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** "CUSTOMER" as people read it. */
const spoken = (word: string) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`;

/**
 * The transcript of a chat, or of Contact Lens, as Amazon Connect stores both: an object with a list Transcript.
 * Null for anything else.
 */
export function readTranscript(text: string): Utterance[] | null {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return null;
  }
  const items = objectOf(root).Transcript;
  if (!Array.isArray(items)) return null;
  return items.map(objectOf).flatMap((item) => {
    const content = textOf(item.Content);
    if (content === undefined) return [];
    const role = textOf(item.ParticipantRole) ?? textOf(item.ParticipantId);
    const who = textOf(item.DisplayName) ?? (role === undefined ? 'Unknown' : spoken(role));
    return [{ who, when: whenOf(item), text: content }];
  });
}

function whenOf(item: Json): Utterance['when'] {
  const seconds = Date.parse(textOf(item.AbsoluteTime) ?? '') / 1000;
  if (!Number.isNaN(seconds)) return { seconds };
  const offset = item.BeginOffsetMillis;
  return typeof offset === 'number' && offset >= 0 ? { offsetSeconds: offset / 1000 } : null;
}
