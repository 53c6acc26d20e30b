import { tagContact, untagContact, updateContactAttributes } from './operations/change-contacts.ts';
import { importContactRecords } from './operations/import-contact-records.ts';
import {
  describeContact,
  describeContactDetails,
  getContactAttributes,
  listAssociatedContacts,
} from './operations/read-contacts.ts';
import { searchContactDetails, searchContacts } from './operations/search-contacts.ts';

export const contactOperations = [
  describeContact,
  searchContacts,
  getContactAttributes,
  updateContactAttributes,
  listAssociatedContacts,
  tagContact,
  untagContact,
  searchContactDetails,
  describeContactDetails,
  importContactRecords,
] as const;
