import type { PermissionId } from '../../access/permissions.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { OperationError } from '../../operations/errors.ts';
import { contactOf } from '../contacts/one-contact.ts';
import { recordingsIn } from '../contacts/record-details.ts';
import { rawRecordOf } from '../contacts/store.ts';
import { standingOf } from './shown.ts';
import { recordingsOf } from './store.ts';

/**
 * What is known of the recording that a request names: by the record of its contact, and of its bytes here.
 * @throws ResourceNotFoundException, also for one that was deleted; AccessDeniedException
 */
export async function recordingOf(
  context: InstanceContext<Db> | InstanceContext<Tx>,
  { ContactId: contactId, Name: name }: { readonly ContactId: string; readonly Name: string },
  doing: PermissionId | readonly PermissionId[],
) {
  const { db, instance } = context;
  await contactOf(context, contactId, doing);
  const media = recordingsIn(await rawRecordOf(db, instance.id, contactId)).find((one) => one.name === name);
  if (!media) throw absent(`The record of the contact ${contactId} has no recording with this name.`);
  const kept = (await recordingsOf(db, instance.id, contactId)).get(name);
  const { status, deletionReason, available } = standingOf(media, kept);
  if (status === 'DELETED') {
    throw absent(`This recording was deleted${deletionReason ? `, for this reason: ${deletionReason}` : ''}.`);
  }
  return available;
}

export const absent = (message: string) => new OperationError('ResourceNotFoundException', message);
export const notHere = () => absent('The bytes of this recording are not here.');
