import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { explain, fieldOf } from '../../api/errors.ts';
import { useRefusal } from '../../api/session.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { flash } from '../../components/flashes.ts';
import { LabelledField } from '../../components/LabelledField.tsx';
import { usePageName } from '../../components/page.ts';
import { UnsavedGuard } from '../../components/UnsavedGuard.tsx';
import { useForm } from '../../components/use-form.ts';
import { useGoBack } from '../../routes/navigation.ts';
import { DeleteQuickConnectsModal } from './DeleteQuickConnectsModal.tsx';
import { DestinationFields } from './DestinationFields.tsx';
import { QueuesField } from './QueuesField.tsx';
import { emptyQuickConnect, fromQuickConnect, quickConnectErrors, quickConnectMembers } from './quick-connect-form.ts';
import { destinationName, orphanText } from './quick-connect-words.ts';
import { saveQuickConnect } from './save-quick-connect.ts';

export const NewQuickConnect = () => <QuickConnectForm row={null} />;

/** A new quick connect, or one that is there (`row`). */
export function QuickConnectForm({ row }: { readonly row: QuickConnectRow | null }) {
  const title = row ? row.Name : 'Add a quick connect';
  usePageName(row?.Name);
  const refusal = useRefusal();
  const goBack = useGoBack();
  const done = useRef(false);
  const [deleting, setDeleting] = useState(false);
  const [before] = useState(row ? fromQuickConnect(row) : emptyQuickConnect);
  const { form, state, trySubmit, refuse } = useForm(before, quickConnectErrors);
  const { values, change, leave } = state;
  const leaveForm = () => {
    done.current = true;
    goBack({ to: '/routing/quick-connects' });
  };
  const save = useMutation({
    mutationFn: () => saveQuickConnect(row?.QuickConnectId ?? null, before, values),
    onSuccess: ({ queueErrors }) => {
      const [first] = queueErrors;
      if (first) {
        flash({
          type: 'warning',
          travels: true,
          header: `${values.name} is saved, but not all of its queues`,
          content: explain(first).message,
        });
      } else {
        flash({ type: 'success', travels: true, content: `The quick connect ${values.name} was saved.` });
      }
      leaveForm();
    },
    onError: (error) => {
      const field = fieldOf(error, quickConnectMembers);
      if (field) refuse(field, explain(error).message);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending && trySubmit()) save.mutate();
  };
  const noSave = row ? refusal('TransferDestinations.Edit') : undefined;
  const noDelete = refusal('TransferDestinations.Delete');
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Form
        header={
          <Header
            variant="h1"
            actions={
              row && (
                <Button
                  formAction="none"
                  disabled={Boolean(noDelete)}
                  disabledReason={noDelete}
                  onClick={() => setDeleting(true)}
                >
                  Delete
                </Button>
              )
            }
          >
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => goBack({ to: '/routing/quick-connects' })}>
              Cancel
            </Button>
            <Button
              variant="primary"
              formAction="submit"
              loading={save.isPending}
              disabled={Boolean(noSave)}
              disabledReason={noSave}
            >
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {save.error && !fieldOf(save.error, quickConnectMembers) && (
            <ErrorAlert header="The quick connect was not saved" error={save.error} />
          )}
          {row?.Orphaned && (
            <Alert type="warning" header="This quick connect leads to nobody" statusIconAriaLabel="Warning">
              The user {destinationName(row)} is gone. {orphanText(row)}. Choose another user, or delete the quick
              connect.
            </Alert>
          )}
          <Container>
            <SpaceBetween size="l">
              <LabelledField form={state} field="name" label="Name">
                <Input
                  value={values.name}
                  autoComplete={false}
                  onChange={({ detail }) => change({ name: detail.value })}
                  onBlur={() => leave('name')}
                />
              </LabelledField>
              <DestinationFields form={state} />
              <QueuesField form={state} />
              <LabelledField form={state} field="description" label="Description" optional>
                <Textarea
                  value={values.description}
                  rows={2}
                  onChange={({ detail }) => change({ description: detail.value })}
                  onBlur={() => leave('description')}
                />
              </LabelledField>
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </Form>
      <UnsavedGuard isDirty={() => !done.current && JSON.stringify(values) !== JSON.stringify(before)} />
      {deleting && row && (
        <DeleteQuickConnectsModal rows={[row]} onClose={() => setDeleting(false)} onDone={leaveForm} />
      )}
    </form>
  );
}
