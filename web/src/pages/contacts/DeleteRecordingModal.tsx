import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { contactQuery, deleteRecording } from '../../api/contacts.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { FormModal } from '../../components/FormModal.tsx';

interface DeleteRecordingModalProps {
  readonly contactId: string;
  readonly name: string;
  readonly onClose: () => void;
  /** The page knows of it already. */
  readonly onDeleted: () => void;
}

export function DeleteRecordingModal({ contactId, name, onClose, onDeleted }: DeleteRecordingModalProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const deletion = useMutation({
    mutationFn: () => deleteRecording(contactId, name, reason.trim()),
    onSettled: async (_, error) => {
      await client.invalidateQueries({ queryKey: contactQuery(contactId).queryKey });
      if (!error) onDeleted();
    },
  });
  return (
    <FormModal
      header={`Delete ${name}?`}
      confirm="Delete"
      unsaved={reason.trim() !== ''}
      pending={deletion.isPending}
      refusal={reason.trim() === '' ? 'Enter a reason.' : null}
      onConfirm={() => deletion.mutate()}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <Alert type="warning" statusIconAriaLabel="Warning">
          This cannot be undone. The contact’s record stays, and says that this was deleted, when and why.
        </Alert>
        {deletion.error && <ErrorAlert header="Nothing was deleted" error={deletion.error} />}
        <FormField label="Reason">
          <Input value={reason} autoComplete={false} onChange={({ detail }) => setReason(detail.value.slice(0, 500))} />
        </FormField>
      </SpaceBetween>
    </FormModal>
  );
}
