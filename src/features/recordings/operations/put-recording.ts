import { updateOf } from '../../../audit/change.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { invalidParameter, OperationError } from '../../../operations/errors.ts';
import { label, number, required, string, structure } from '../../../operations/shapes.ts';
import { lockContact } from '../../contacts/store.ts';
import { recordingOf } from '../one-recording.ts';
import { dropBytes, type ReceivedBytes, receiveBytes } from '../receive.ts';
import { contentTypeOf, longestName, mostBytes, takenTypes } from '../rules.ts';
import { insertRecording, type Recording } from '../store.ts';

const permission = 'ContactRecords.Import';

function typeOf(name: string) {
  const contentType = contentTypeOf(name);
  if (contentType) return contentType;
  throw invalidParameter(`Name must end in what the recording is: ${takenTypes} are taken.`);
}

/** Recordings are evidence: what is there is not replaced. */
function requireSame(there: Recording, sent: ReceivedBytes): void {
  if (there.sha256.equals(sent.sha256)) return;
  throw new OperationError(
    'ResourceConflictException',
    'This recording is here already with other bytes, and recordings are not overwritten.',
  );
}

export const putRecording = defineExtensionWrite(
  'PutRecording',
  {
    method: 'PUT',
    uri: '/contact-recordings/{InstanceId}/{ContactId}/{Name}',
    summary:
      `Keeps the bytes of a recording that the contact’s record has, by the last part of its Location: ${takenTypes}; 512 MiB` +
      ' at most. Sending the same again changes nothing; other bytes in the place of what is there are refused, as is what' +
      ' was deleted. A signed request needs the header x-amz-content-sha256, which may say UNSIGNED-PAYLOAD.',
    mostBytes,
    input: structure({ InstanceId: label(), ContactId: label(), Name: label() }),
    output: structure({
      /** SAME: it was there already. */
      Outcome: required(string<'NEW' | 'SAME'>()),
      Size: required(number()),
      ContentType: required(string()),
      Sha256: required(string()),
    }),
  },
  {
    permission,
    constraints: { ...instanceId, ContactId: length(1, 256), Name: length(1, longestName) },
    prepare: async (context, input) => {
      const { db, now, recordings: store, bytes } = context;
      if (!bytes) throw new Error('PutRecording was called without bytes.');
      const contentType = typeOf(input.Name);
      const there = await recordingOf(context, input, permission);
      const received = await receiveBytes({ db, store, now }, contentType, bytes);
      if (there) {
        await dropBytes({ db, now }, received.objectId);
        requireSame(there, received);
      }
      return received;
    },
    handler: async (context, input, received) => {
      const { db, instance, now } = context;
      const { ContactId: contactId, Name: name } = input;
      const { size, sha256 } = received;
      const contentType = typeOf(name);
      // Whoever removes the contact waits, or has removed it.
      await lockContact(db, instance.id, contactId);
      const there = await recordingOf(context, input, permission);
      if (there) requireSame(there, received);
      else if (!(await insertRecording(db, instance.id, contactId, { name, contentType, ...received }, now))) {
        throw new Error('A recording came while its contact was locked.');
      }
      const Sha256 = sha256.toString('hex');
      const kept = { Name: name, Size: size, ContentType: contentType, Sha256 };
      return {
        output: { Outcome: there ? ('SAME' as const) : ('NEW' as const), Size: size, ContentType: contentType, Sha256 },
        changes: there
          ? []
          : [updateOf('contact', { id: contactId, name: contactId }, { Recording: { Old: null, New: kept } })],
      };
    },
  },
);
