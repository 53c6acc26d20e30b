import type { PermissionId } from '../../../access/permissions.ts';
import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { instanceId, items, length, pattern } from '../../../operations/constraints.ts';
import { defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter, invalidRequest } from '../../../operations/errors.ts';
import { bytesOf, mostAttributeBytes } from '../contact-record.ts';
import { contactOf } from '../one-contact.ts';
import type { ContactRow } from '../read-store.ts';
import { lockContact, updateContact } from '../store.ts';

/** Of those that people give; what Amazon Connect gives itself begins with aws: and is not counted. */
const mostTags = 6;
const tagKey = {
  ...length(1, 128),
  ...pattern(
    /^(?!aws:)[a-zA-Z+-=._:/]+$/,
    'a tag key of letters, digits and + - = . _ : / that does not begin with aws:',
  ),
};

/** The contact, for the rest of the transaction in this one's hands. */
async function taken(context: InstanceContext<Tx>, id: string, doing?: PermissionId): Promise<ContactRow> {
  await lockContact(context.db, context.instance.id, id);
  return contactOf(context, id, doing);
}

/** The audit says which ones: what they say is a customer's. */
const withoutValues = (changed: object) =>
  Object.fromEntries(Object.keys(changed).map((key) => [`Attributes.${key}`, {}]));

export const updateContactAttributes = defineWrite('UpdateContactAttributes', {
  // Flows and programs do this; the website has no place for it.
  permission: 'ACCESS_KEY_ONLY',
  constraints: {
    ...instanceId,
    InitialContactId: length(1, 256),
    'Attributes{key}': {
      ...length(1, 32_767),
      ...pattern(/^[a-zA-Z0-9_-]+$/, 'letters, digits, dashes and underscores'),
    },
    'Attributes{value}': length(0, 32_767),
  },
  handler: async (context, { InitialContactId: id, Attributes: given }) => {
    const { attributes } = await taken(context, id);
    const after = { ...attributes, ...given };
    if (bytesOf(after) > mostAttributeBytes) {
      throw invalidParameter(
        'The attributes of a contact may have 32 KB in sum: give some of them an empty value first.',
      );
    }
    const changed = differences(attributes, given);
    if (changed) await updateContact(context.db, context.instance.id, id, { attributes: after }, context.now);
    return updated('contact', { id, name: id }, changed && withoutValues(changed));
  },
});

export const tagContact = defineWrite('TagContact', {
  permission: 'Contacts.Tag.Edit',
  constraints: {
    ...instanceId,
    ContactId: length(1, 256),
    Tags: items(1, mostTags),
    'Tags{key}': tagKey,
    'Tags{value}': length(0, 256),
  },
  handler: async (context, { ContactId: id, Tags: given }) => {
    const { tags } = await taken(context, id, 'Contacts.Tag.Edit');
    const after = { ...tags, ...given };
    const count = Object.keys(after).filter((key) => !key.startsWith('aws:')).length;
    if (count > mostTags) throw invalidRequest(`A contact has ${mostTags} tags at most; this one would have ${count}.`);
    return retagged(context, id, tags, after);
  },
});

export const untagContact = defineWrite('UntagContact', {
  permission: 'Contacts.Tag.Edit',
  constraints: { ...instanceId, ContactId: length(1, 256), TagKeys: items(1, mostTags), 'TagKeys[]': tagKey },
  handler: async (context, { ContactId: id, TagKeys: keys }) => {
    const { tags } = await taken(context, id, 'Contacts.Tag.Edit');
    const after = Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
    return retagged(context, id, tags, after);
  },
});

type Tags = Readonly<Record<string, string>>;

async function retagged({ db, instance, now }: InstanceContext<Tx>, id: string, before: Tags, after: Tags) {
  const changed = differences({ Tags: before }, { Tags: after });
  if (changed) await updateContact(db, instance.id, id, { tags: after }, now);
  return updated('contact', { id, name: id }, changed);
}
