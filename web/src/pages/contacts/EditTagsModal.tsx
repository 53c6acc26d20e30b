import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { contactQuery, retagContact } from '../../api/contacts.ts';
import type { ContactRow } from '../../api/types.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { FormModal } from '../../components/FormModal.tsx';
import { TagEditor } from '../../components/TagEditor.tsx';
import { type TagRow, tagChanges, tagErrors } from '../../components/tag-rows.ts';

/** As TagContact has it. */
const mostTags = 6;

export function EditTagsModal({ contact, onClose }: { readonly contact: ContactRow; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [before] = useState(() => Object.entries(contact.Tags).map(([key, value]): TagRow => ({ key, value })));
  const [tags, setTags] = useState<readonly TagRow[]>(before);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () => retagContact(contact.Id, tagChanges(before, tags)),
    onSettled: () => client.invalidateQueries({ queryKey: contactQuery(contact.Id).queryKey }),
    onSuccess: onClose,
  });
  return (
    <FormModal
      header="Edit tags"
      confirm="Save"
      unsaved={JSON.stringify(tags) !== JSON.stringify(before)}
      pending={save.isPending}
      onClose={onClose}
      onConfirm={() => {
        setTried(true);
        if (tagErrors(tags).every((row) => Object.keys(row).length === 0)) save.mutate();
      }}
    >
      <SpaceBetween size="m">
        {save.error && <ErrorAlert header="The tags were not saved" error={save.error} />}
        <TagEditor tags={tags} onChange={setTags} showErrors={tried} most={mostTags} of="contact" />
      </SpaceBetween>
    </FormModal>
  );
}
