import { BytesMissing } from '../../../operations/byte-store.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { boolean, label, query, structure } from '../../../operations/shapes.ts';
import { notHere, recordingOf } from '../one-recording.ts';
import { longestName, permissionsFor } from '../rules.ts';

const doing = (download: boolean | undefined) => (download ? 'DOWNLOAD' : 'LISTEN');

export const getRecording = defineExtensionRead(
  'GetRecording',
  {
    method: 'GET',
    uri: '/contact-recordings/{InstanceId}/{ContactId}/{Name}',
    summary:
      'The bytes of a recording to be played, or with `Download` to be saved, which is another permission; of audio those of' +
      ' CallRecordings, of transcripts those of ContactTranscripts. Also HEAD, a Range, If-Range and If-None-Match.',
    input: structure({
      InstanceId: label(),
      ContactId: label(),
      Name: label(),
      Download: query('download', boolean()),
    }),
    output: 'STORED_FILE',
  },
  {
    permission: ({ Name, Download }) => permissionsFor(Name, doing(Download)),
    constraints: { ...instanceId, ContactId: length(1, 256), Name: length(1, longestName) },
    handler: async (context, input) => {
      const { Name: name, Download: download } = input;
      const kept = await recordingOf(context, input, permissionsFor(name, doing(download)));
      if (!kept?.objectId) throw notHere();
      const { contentType, size, sha256, storedTime, objectId } = kept;
      const store = context.recordings;
      const read = async function* (start: number, end: number) {
        try {
          yield* store.read(objectId, start, end);
        } catch (error) {
          throw error instanceof BytesMissing ? notHere() : error;
        }
      };
      return { contentType, fileName: name, inline: !download, size, sha256, modified: storedTime, read };
    },
  },
);
