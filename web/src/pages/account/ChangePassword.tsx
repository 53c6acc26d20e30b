import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { changePassword, ownSessionsQuery } from '../../api/account.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { flash } from '../../components/flashes.ts';
import { LabelledField } from '../../components/LabelledField.tsx';
import { useForm } from '../../components/use-form.ts';
import { passwordError } from '../users/user-form.ts';

const empty = { current: '', next: '', again: '' };
type Values = typeof empty;

const errorsOf = ({ current, next, again }: Values) => {
  const wrong = {
    current: current === '' ? 'Enter your current password.' : undefined,
    next: next !== '' && next === current ? 'Enter another one than the current password.' : passwordError(next),
    again: again === next ? undefined : 'This is not the same as the new password.',
  };
  return Object.fromEntries(Object.entries(wrong).filter(([, text]) => text !== undefined));
};

/** Begins anew, empty, after each change. */
export function ChangePassword() {
  const [changed, setChanged] = useState(0);
  return <PasswordForm key={changed} onChanged={() => setChanged(changed + 1)} />;
}

function PasswordForm({ onChanged }: { readonly onChanged: () => void }) {
  const client = useQueryClient();
  const { form, state, trySubmit } = useForm<Values>(empty, errorsOf);
  const change = useMutation({
    mutationFn: () => changePassword({ CurrentPassword: state.values.current, NewPassword: state.values.next }),
    onSuccess: () => {
      flash({ type: 'success', content: 'Your password was changed. Everywhere else you are signed out.' });
      void client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
      onChanged();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending && trySubmit()) change.mutate();
  };
  const field = (name: keyof Values, label: string, autoComplete: string, constraintText?: string) => (
    <LabelledField form={state} field={name} label={label} {...(constraintText && { constraintText })}>
      <Input
        type="password"
        value={state.values[name]}
        autoComplete={autoComplete}
        onChange={({ detail }) => state.change({ [name]: detail.value })}
        onBlur={() => state.values[name] !== '' && state.leave(name)}
      />
    </LabelledField>
  );
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Container header={<Header variant="h2">Password</Header>}>
        <Form
          actions={
            <Button variant="primary" formAction="submit" loading={change.isPending}>
              Change password
            </Button>
          }
        >
          <SpaceBetween size="m">
            {change.error && <ErrorAlert header="The password was not changed" error={change.error} />}
            {field('current', 'Current password', 'current-password')}
            {field(
              'next',
              'New password',
              'new-password',
              '8 to 64 characters with a lower-case letter, an upper-case letter and a digit; no spaces.',
            )}
            {field('again', 'New password, once more', 'new-password')}
          </SpaceBetween>
        </Form>
      </Container>
    </form>
  );
}
