import { tagContact, untagContact, updateContactAttributes } from './change-contacts.ts';
import { importContactRecords } from './import-contact-records.ts';
import {
  describeContact,
  describeContactDetails,
  getContactAttributes,
  listAssociatedContacts,
} from './read-contacts.ts';
import { downloadContacts, searchContactDetails, searchContacts } from './search-contacts.ts';

export const contactOperations = [
  describeContact,
  searchContacts,
  getContactAttributes,
  updateContactAttributes,
  listAssociatedContacts,
  tagContact,
  untagContact,
  searchContactDetails,
  downloadContacts,
  describeContactDetails,
  importContactRecords,
] as const;
