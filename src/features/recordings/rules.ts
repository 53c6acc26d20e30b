import type { PermissionId } from '../../access/permissions.ts';

/** What a recording is, by the ending of its name. The bytes are held to it. */
const types = [
  { ending: /\.wav$/i, contentType: 'audio/wav' },
  { ending: /\.mp3$/i, contentType: 'audio/mpeg' },
  { ending: /\.(?:ogg|oga|opus)$/i, contentType: 'audio/ogg' },
  { ending: /\.json$/i, contentType: 'application/json' },
] as const;

type ContentType = (typeof types)[number]['contentType'];

/** Null: nothing that is kept. */
const contentTypeOf = (name: string): ContentType | null =>
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

/** Any one of these; the permissions of old security profiles speak of recorded conversations of both kinds. */
export function permissionsFor(name: string, doing: 'LISTEN' | 'DOWNLOAD'): readonly PermissionId[] {
  const of = permissions[contentTypeOf(name) === 'application/json' ? 'transcript' : 'audio'];
  // As Amazon Connect names what Contact Lens has redacted.
  const redacted = /redacted/i.test(name);
  if (doing === 'LISTEN') return redacted ? of.listenRedacted : of.listen;
  return redacted ? of.downloadRedacted : of.download;
}

export const deletePermission: PermissionId = 'DeleteCallRecordings';
