import type { PermissionId } from '../../access/permissions.ts';

/** Longest name of a recording; those of Amazon Connect have about 70 characters. */
export const longestName = 255;

/** What a recording is, by the ending of its name. The bytes are held to it. */
const types = [
  { ending: /\.wav$/i, contentType: 'audio/wav' },
  { ending: /\.mp3$/i, contentType: 'audio/mpeg' },
  { ending: /\.(?:ogg|oga|opus)$/i, contentType: 'audio/ogg' },
  { ending: /\.json$/i, contentType: 'application/json' },
] as const;

export type ContentType = (typeof types)[number]['contentType'];

export const takenTypes = 'audio as .wav, .mp3 or .ogg, and transcripts of chats as .json';

/** Null: nothing that is kept. */
export const contentTypeOf = (name: string): ContentType | null =>
  types.find(({ ending }) => ending.test(name))?.contentType ?? null;

const permissions = {
  audio: {
    listen: ['CallRecordings.Unredacted.Access', 'ListenCallRecordings'],
    listenRedacted: ['CallRecordings.Redacted.Access', 'CallRecordings.Unredacted.Access', 'ListenCallRecordings'],
    download: ['CallRecordings.Unredacted.DownloadButton', 'DownloadCallRecordings'],
    downloadRedacted: [
      'CallRecordings.Redacted.DownloadButton',
      'CallRecordings.Unredacted.DownloadButton',
      'DownloadCallRecordings',
    ],
  },
  transcript: {
    listen: ['ContactTranscripts.Unredacted.Access', 'ListenCallRecordings'],
    listenRedacted: [
      'ContactTranscripts.Redacted.Access',
      'ContactTranscripts.Unredacted.Access',
      'ListenCallRecordings',
    ],
    download: ['ContactTranscripts.Unredacted.DownloadButton', 'DownloadCallRecordings'],
    downloadRedacted: ['ContactTranscripts.Unredacted.DownloadButton', 'DownloadCallRecordings'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly PermissionId[]>>>>;

export const recordedKinds = ['RECORDING', 'TRANSCRIPT'] as const;
export type RecordedKind = (typeof recordedKinds)[number];

/** What is needed to listen to, or to read, each kind: any one of the permissions. */
export const listenings: readonly {
  readonly kind: RecordedKind;
  readonly isRedacted: boolean;
  readonly permissions: readonly PermissionId[];
}[] = [
  { kind: 'RECORDING', isRedacted: false, permissions: permissions.audio.listen },
  { kind: 'RECORDING', isRedacted: true, permissions: permissions.audio.listenRedacted },
  { kind: 'TRANSCRIPT', isRedacted: false, permissions: permissions.transcript.listen },
  { kind: 'TRANSCRIPT', isRedacted: true, permissions: permissions.transcript.listenRedacted },
];

/**
 * As Amazon Connect names what Contact Lens has redacted: ..._call_recording_redacted_2026-... . Whatever else holds the word, as
 * "unredacted" does, needs the permissions of what is not.
 */
export const isRedacted = (name: string): boolean => redacted.test(name);
const redacted = /_redacted[_.]/i;
/** The same for the database, which reads this expression as JavaScript does. */
export const redactedPattern = redacted.source;

/** Any one of these; the permissions of old security profiles speak of recorded conversations of both kinds. */
export function permissionsFor(name: string, doing: 'LISTEN' | 'DOWNLOAD'): readonly PermissionId[] {
  const of = permissions[contentTypeOf(name) === 'application/json' ? 'transcript' : 'audio'];
  const redacted = isRedacted(name);
  if (doing === 'LISTEN') return redacted ? of.listenRedacted : of.listen;
  return redacted ? of.downloadRedacted : of.download;
}

export const deletePermission: PermissionId = 'DeleteCallRecordings';

/** An hour and more of a call, uncompressed as Amazon Connect records it, is 115 MB. */
export const mostBytes = 512 * 1024 * 1024;
/** Transcripts are read into a page. */
export const mostTranscriptBytes = 16 * 1024 * 1024;

/** So many of the first bytes tell what they are. */
export const headBytes = 12;

/** Whether bytes can be what the name of a recording says, by their beginning. What is JSON says its parser. */
export function beginsAs(contentType: ContentType, head: Buffer): boolean {
  const text = (start: number, end: number) => head.subarray(start, end).toString('latin1');
  switch (contentType) {
    case 'audio/wav':
      return ['RIFF', 'RF64'].includes(text(0, 4)) && text(8, 12) === 'WAVE';
    case 'audio/mpeg':
      return text(0, 3) === 'ID3' || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0);
    case 'audio/ogg':
      return text(0, 4) === 'OggS';
    case 'application/json':
      return true;
  }
}
