import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { explain, fieldOf } from '../../api/errors.ts';
import { useMay, useSession } from '../../api/session.ts';
import { type DescribedUser, userQuery } from '../../api/users.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { flash } from '../../components/flashes.ts';
import { usePageName } from '../../components/page.ts';
import { UnsavedGuard } from '../../components/UnsavedGuard.tsx';
import { useForm } from '../../components/use-form.ts';
import { listOf } from '../../components/words.ts';
import { useGo } from '../../routes/navigation.ts';
import { AccessFields } from './AccessFields.tsx';
import { AgentFields } from './AgentFields.tsx';
import { PersonFields } from './PersonFields.tsx';
import { TagFields } from './TagFields.tsx';
import { saveChanges, userChanges } from './user-changes.ts';
import { fieldOfMember, fromUser, userErrors } from './user-form.ts';

/** The same form as for a new user; each part that was changed is saved by its own UpdateUser* operation. */
export function EditUserForm({ user }: { readonly user: DescribedUser }) {
  const id = user.Id ?? '';
  const login = user.Username ?? '';
  usePageName(login);
  const identityType = useSession().Instance.IdentityManagementType;
  const mayEdit = useMay()('Users.Edit');
  const go = useGo();
  const leave = () => go({ to: '/users/$userId', params: { userId: id } });
  const client = useQueryClient();
  const baseline = useRef(fromUser(user));
  const { form, state, trySubmit, refuse } = useForm(baseline.current, (values) =>
    userErrors(values, 'EDIT', identityType),
  );
  const { values, change, errors } = state;
  const changes = () => userChanges({ id, arn: user.Arn ?? '' }, baseline.current, values);
  const save = useMutation({
    mutationFn: () => saveChanges(changes(), baseline.current, values),
    onSuccess: async (result) => {
      baseline.current = result.baseline;
      // The user's page, which comes next, must not show what was there before.
      if (result.saved.length > 0) await client.invalidateQueries({ queryKey: userQuery(id).queryKey });
      if (result.failed) {
        const field = fieldOf(result.failed.error, fieldOfMember);
        if (field) refuse(field, explain(result.failed.error).message);
        return;
      }
      flash({ type: 'success', travels: true, content: savedText(login, result.saved) });
      leave();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending && trySubmit()) save.mutate();
  };
  const failed = save.data?.failed;
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Form
        header={
          <Header variant="h1" description="Login and password are not edited here.">
            {`Edit ${login}`}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={leave}>
              Cancel
            </Button>
            <Button variant="primary" formAction="submit" loading={save.isPending}>
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {failed && <ErrorAlert header={failedHeader(failed.part, save.data?.saved ?? [])} error={failed.error} />}
          <PersonFields form={state} mode="EDIT" identityType={identityType} disabled={!mayEdit} />
          <AccessFields form={state} disabled={!mayEdit} />
          <AgentFields form={state} disabled={!mayEdit} />
          {mayEdit && (
            <TagFields
              tags={values.tags}
              onChange={(tags) => change({ tags })}
              showErrors={errors.tags !== undefined}
            />
          )}
        </SpaceBetween>
      </Form>
      <UnsavedGuard isDirty={() => changes().length > 0} />
    </form>
  );
}

function savedText(login: string, parts: readonly string[]): string {
  return parts.length === 0 ? `Nothing of ${login} was changed.` : `Saved for ${login}: ${listOf(parts, 6)}.`;
}

function failedHeader(part: string, saved: readonly string[]): string {
  const before = saved.length > 0 ? `Saved: ${listOf(saved, 6)}. ` : '';
  return `${before}Not saved: ${part}`;
}
