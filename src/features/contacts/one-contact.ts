import type { PermissionId } from '../../access/permissions.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { accessDenied, notFound } from '../../operations/errors.ts';
import { contactsWithin } from './reach.ts';
import { type ContactRow, findContact } from './read-store.ts';

/**
 * The contact that a request names. Like everything else it is denied, and not "not found", when it is out of reach.
 * @param doing what is to be done with it besides being seen
 * @throws ResourceNotFoundException, AccessDeniedException
 */
export async function contactOf(
  context: InstanceContext<Db> | InstanceContext<Tx>,
  contactId: string,
  doing?: PermissionId | readonly PermissionId[],
): Promise<ContactRow> {
  const { db, instance } = context;
  const contact = await findContact(db, instance.id, contactId, contactsWithin(context, doing));
  if (!contact) throw notFound('contact', contactId);
  if (contact.within) return contact;
  throw accessDenied(`Your security profiles do not let you reach the contact ${contactId}.`);
}

/** Whether somebody who sees a contact may do this with it besides. */
export async function reaches(
  context: InstanceContext<Db> | InstanceContext<Tx>,
  contactId: string,
  doing: PermissionId | readonly PermissionId[],
): Promise<boolean> {
  const { db, instance, access } = context;
  if (!access.holds([doing].flat())) return false;
  return (await findContact(db, instance.id, contactId, contactsWithin(context, doing)))?.within === true;
}
