import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { explain, fieldOf } from '../../api/errors.ts';
import { useMay, useSession } from '../../api/session.ts';
import { createUser } from '../../api/users.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { flash } from '../../components/flashes.ts';
import { UnsavedGuard } from '../../components/UnsavedGuard.tsx';
import { useForm } from '../../components/use-form.ts';
import { useGo, useGoBack } from '../../routes/navigation.ts';
import { AccessFields } from './AccessFields.tsx';
import { AgentFields } from './AgentFields.tsx';
import { PersonFields } from './PersonFields.tsx';
import { TagFields } from './TagFields.tsx';
import { emptyUser, fieldOfMember, toCreateUser, userErrors } from './user-form.ts';

/** Add new users: create and set up a single one. */
export function AddUserForm() {
  const { Instance } = useSession();
  const maySee = useMay()('Users.View');
  const identityType = Instance.IdentityManagementType;
  const go = useGo();
  const goBack = useGoBack();
  const done = useRef(false);
  const { form, state, trySubmit, refuse } = useForm(emptyUser, (values) => userErrors(values, 'CREATE', identityType));
  const { values, change, errors } = state;
  const create = useMutation({
    mutationFn: () => createUser(toCreateUser(values, identityType)),
    onSuccess: ({ UserId = '' }) => {
      done.current = true;
      flash({ type: 'success', travels: true, content: `The user ${values.login} was created.` });
      go(maySee ? { to: '/users/$userId', params: { userId: UserId } } : { to: '/users' });
    },
    onError: (error) => {
      const field = fieldOf(error, fieldOfMember);
      if (field) refuse(field, explain(error).message);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending && trySubmit()) create.mutate();
  };
  const unplaced = create.error && !fieldOf(create.error, fieldOfMember);
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Form
        header={<Header variant="h1">Create and set up a new user</Header>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => goBack({ to: '/users' })}>
              Cancel
            </Button>
            <Button variant="primary" formAction="submit" loading={create.isPending}>
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {unplaced && <ErrorAlert header="The user was not created" error={create.error} />}
          <PersonFields form={state} mode="CREATE" identityType={identityType} />
          <AccessFields form={state} />
          <AgentFields form={state} />
          <TagFields tags={values.tags} onChange={(tags) => change({ tags })} showErrors={errors.tags !== undefined} />
        </SpaceBetween>
      </Form>
      <UnsavedGuard isDirty={() => !done.current && JSON.stringify(values) !== JSON.stringify(emptyUser)} />
    </form>
  );
}
