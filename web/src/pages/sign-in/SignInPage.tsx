import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { explain } from '../../api/errors.ts';
import type { SignInRequest } from '../../api/operations.ts';
import { type EndOfSession, lastUser, sessionQuery, signedOutQuery, signIn } from '../../api/session.ts';
import { useFollow } from '../../routes/navigation.ts';
import { home } from '../../routes/paths.ts';

const ends = {
  SIGNED_OUT: 'You have signed out.',
  IDLE: 'You were signed out because nothing was done for a while. Sign in again to go on.',
  EXPIRED: 'You were signed out because a session lasts twelve hours at most. Sign in again to go on.',
  ENDED: 'Your session has ended. Sign in again to go on.',
} as const satisfies Record<EndOfSession, string>;

/** Signs in and goes to the address that was wanted. */
export function SignInPage() {
  const client = useQueryClient();
  const follow = useFollow();
  // As of arrival: the address changes before this page goes.
  const { to: wanted = home, why } = useSearch({ from: '/sign-in' });
  const [to] = useState(wanted);
  const [former] = useState(lastUser);
  const { data: session } = useQuery(sessionQuery);
  const { data: signedOut } = useQuery({ ...signedOutQuery, enabled: session === null });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [alias, setAlias] = useState('');
  const [tried, setTried] = useState(false);
  const passwordInput = useRef<InputProps.Ref>(null);
  const attempt = useMutation({
    mutationFn: (input: SignInRequest) => signIn(client, input),
    onError: () => {
      setPassword('');
      passwordInput.current?.focus();
    },
  });
  useEffect(() => {
    document.title = 'Sign in · Cordboard';
  }, []);
  useEffect(() => {
    // Where one user was is nothing to the next.
    const another = former !== null && session && session.User.Id !== former;
    if (session) follow(another ? home : to, { replace: true });
  }, [session, to, former, follow]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (login === '' || password === '') return;
    attempt.mutate({ Username: login, Password: password, ...(alias === '' ? {} : { InstanceAlias: alias }) });
  };
  return (
    <main className="sign-in">
      <form onSubmit={submit} noValidate>
        <Container header={<Header variant="h1">Cordboard</Header>}>
          <SpaceBetween size="l">
            <Box color="text-body-secondary">Sign in to administer your contact centre.</Box>
            {why && !attempt.error && (
              <Alert type={why === 'SIGNED_OUT' ? 'success' : 'info'} statusIconAriaLabel="Information">
                {ends[why]}
              </Alert>
            )}
            {attempt.error && (
              <Alert type="error" header="You are not signed in" statusIconAriaLabel="Error">
                {explain(attempt.error).message}
              </Alert>
            )}
            {signedOut?.asksForAlias && (
              <FormField label="Instance alias">
                <Input value={alias} onChange={({ detail }) => setAlias(detail.value)} spellcheck={false} />
              </FormField>
            )}
            <FormField label="Login" errorText={tried && login === '' ? 'Enter your login.' : undefined}>
              <Input
                value={login}
                onChange={({ detail }) => setLogin(detail.value)}
                name="username"
                autoComplete="username"
                spellcheck={false}
                autoFocus
              />
            </FormField>
            <FormField
              label="Password"
              errorText={tried && password === '' && !attempt.error ? 'Enter your password.' : undefined}
            >
              <Input
                ref={passwordInput}
                value={password}
                onChange={({ detail }) => setPassword(detail.value)}
                name="password"
                type="password"
                autoComplete="current-password"
              />
            </FormField>
            <Button variant="primary" formAction="submit" loading={attempt.isPending} fullWidth>
              Sign in
            </Button>
          </SpaceBetween>
        </Container>
      </form>
    </main>
  );
}
