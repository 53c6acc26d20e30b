import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { explain, fieldOf } from '../../api/errors.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { FormModal } from '../../components/FormModal.tsx';

interface NameReportModalProps {
  readonly header: string;
  readonly confirm: string;
  readonly initial: string;
  readonly children?: ReactNode;
  readonly save: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

const longest = 127;

/** Asks for the name of a report: a new one's, or another one. */
export function NameReportModal({ header, confirm, initial, children, save, onClose }: NameReportModalProps) {
  const [name, setName] = useState(initial);
  const [tried, setTried] = useState(false);
  const saving = useMutation({ mutationFn: () => save(name.trim()) });
  const isOfName = fieldOf(saving.error, { Name: 'name' }) === 'name';
  const missing = tried && name.trim() === '' ? 'Enter a name.' : undefined;
  return (
    <FormModal
      header={header}
      confirm={confirm}
      pending={saving.isPending}
      unsaved={name !== initial && !saving.isSuccess}
      onClose={onClose}
      onConfirm={() => {
        setTried(true);
        if (name.trim() !== '') saving.mutate();
      }}
    >
      <SpaceBetween size="m">
        {saving.error && !isOfName && <ErrorAlert header="The report was not saved" error={saving.error} />}
        {children}
        <FormField
          label="Name"
          constraintText={`Up to ${longest} characters; no other saved report has it`}
          errorText={missing ?? (isOfName ? explain(saving.error).message : undefined)}
        >
          <Input
            value={name}
            autoComplete={false}
            onChange={({ detail }) => {
              saving.reset();
              setName(detail.value.slice(0, longest));
            }}
          />
        </FormField>
      </SpaceBetween>
    </FormModal>
  );
}
