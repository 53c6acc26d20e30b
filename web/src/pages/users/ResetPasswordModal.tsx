import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { resetPassword } from '../../api/users.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { FormModal } from '../../components/FormModal.tsx';
import { flash } from '../../components/flashes.ts';
import { passwordError } from './user-form.ts';

interface ResetPasswordModalProps {
  readonly userId: string;
  readonly login: string;
  readonly onClose: () => void;
}

export function ResetPasswordModal({ userId, login, onClose }: ResetPasswordModalProps) {
  const [password, setPassword] = useState('');
  const [visible, setVisible] = useState(false);
  const [tried, setTried] = useState(false);
  const reset = useMutation({
    mutationFn: () => resetPassword(userId, password),
    onSuccess: () => {
      flash({ type: 'success', content: `The password of ${login} was reset. Tell them the new one.` });
      onClose();
    },
  });
  return (
    <FormModal
      header={`Reset the password of ${login}`}
      confirm="Submit"
      unsaved={password !== ''}
      pending={reset.isPending}
      onClose={onClose}
      onConfirm={() => {
        setTried(true);
        if (!passwordError(password)) reset.mutate();
      }}
    >
      <SpaceBetween size="m">
        <Alert type="info" statusIconAriaLabel="Info">
          {login} is signed out everywhere at once, and signs in with the new password.
        </Alert>
        {reset.error && <ErrorAlert header="The password was not reset" error={reset.error} />}
        <FormField
          label="New password"
          constraintText="8 to 64 characters with a lower-case letter, an upper-case letter and a digit; no spaces."
          errorText={tried ? passwordError(password) : undefined}
        >
          <Input
            value={password}
            type={visible ? 'text' : 'password'}
            autoComplete="new-password"
            onChange={({ detail }) => setPassword(detail.value)}
            autoFocus
          />
        </FormField>
        <Checkbox checked={visible} onChange={({ detail }) => setVisible(detail.checked)}>
          Show the password
        </Checkbox>
      </SpaceBetween>
    </FormModal>
  );
}
