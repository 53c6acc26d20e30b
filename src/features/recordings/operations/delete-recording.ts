import { updateOf } from '../../../audit/change.ts';
import { identityOf } from '../../../operations/caller.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { label, query, required, string, structure } from '../../../operations/shapes.ts';
import { lockContact } from '../../contacts/store.ts';
import { notHere, recordingOf } from '../one-recording.ts';
import { deletePermission, longestName } from '../rules.ts';
import { markDeleted } from '../store.ts';

export const deleteRecording = defineExtensionWrite(
  'DeleteRecording',
  {
    method: 'DELETE',
    uri: '/contact-recordings/{InstanceId}/{ContactId}/{Name}',
    summary:
      'Deletes the bytes of a recording for good. The contact’s record shows it as DELETED with the reason from then on, and' +
      ' it cannot be put again.',
    input: structure({
      InstanceId: label(),
      ContactId: label(),
      Name: label(),
      Reason: required(query('reason', string())),
    }),
    output: structure({}),
  },
  {
    permission: deletePermission,
    constraints: { ...instanceId, ContactId: length(1, 256), Name: length(1, longestName), Reason: length(1, 500) },
    handler: async (context, input) => {
      const { db, instance, now, caller } = context;
      const { ContactId: contactId, Name: name, Reason: reason } = input;
      await lockContact(db, instance.id, contactId);
      await recordingOf(context, input, deletePermission);
      const was = await markDeleted(db, instance.id, contactId, name, { reason, actor: identityOf(caller).name, now });
      if (!was) throw notHere();
      return {
        output: {},
        changes: [
          updateOf(
            'contact',
            { id: contactId, name: contactId },
            {
              Recording: {
                Old: { Name: name, Status: 'AVAILABLE', Size: was.size, Sha256: was.sha256.toString('hex') },
                New: { Name: name, Status: 'DELETED', DeletionReason: reason },
              },
            },
          ),
        ],
      };
    },
  },
);
