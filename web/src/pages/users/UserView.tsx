import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useMay, useRefusal, useSession } from '../../api/session.ts';
import type { DescribedUser } from '../../api/users.ts';
import { usePageName } from '../../components/page.ts';
import { RouterButton } from '../../components/RouterButton.tsx';
import { useGoBack } from '../../routes/navigation.ts';
import { DeleteUsersModal } from './DeleteUsersModal.tsx';
import { ResetPasswordModal } from './ResetPasswordModal.tsx';
import { UserFacts } from './UserFacts.tsx';
import { UserQuickConnects } from './UserQuickConnects.tsx';

/** A user's page. */
export function UserView({ user }: { readonly user: DescribedUser }) {
  const id = user.Id ?? '';
  const login = user.Username ?? id;
  usePageName(login);
  const { Instance } = useSession();
  const refusal = useRefusal();
  const may = useMay();
  const goBack = useGoBack();
  const [dialog, setDialog] = useState<'DELETE' | 'PASSWORD' | null>(null);
  const noEdit = refusal('Users.Edit', 'Users.EditPermission');
  const noPassword =
    Instance.IdentityManagementType !== 'CONNECT_MANAGED'
      ? 'Users of this instance sign in elsewhere.'
      : refusal('Users.Edit');
  const noDelete = refusal('Users.Delete');
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {may('HistoricalChanges.View') && (
              <RouterButton variant="link" to={{ to: '/users/historical-changes', search: { id, range: '731d' } }}>
                History of changes
              </RouterButton>
            )}
            {may('ContactSearch.View') && (
              <RouterButton variant="link" to={{ to: '/contact-search', search: { agents: id } }}>
                Recent contacts
              </RouterButton>
            )}
            <Button disabled={Boolean(noDelete)} disabledReason={noDelete} onClick={() => setDialog('DELETE')}>
              Delete
            </Button>
            <Button disabled={Boolean(noPassword)} disabledReason={noPassword} onClick={() => setDialog('PASSWORD')}>
              Reset password
            </Button>
            <RouterButton
              variant="primary"
              to={{ to: '/users/$userId/edit', params: { userId: id } }}
              disabled={Boolean(noEdit)}
              disabledReason={noEdit}
            >
              Edit
            </RouterButton>
          </SpaceBetween>
        }
      >
        {login}
      </Header>
      <UserFacts user={user} />
      <UserQuickConnects userId={id} />
      {dialog === 'DELETE' && (
        <DeleteUsersModal
          selection={{ UserIds: [id] }}
          logins={new Map([[id, login]])}
          onClose={() => setDialog(null)}
          onStarted={() => goBack({ to: '/users' })}
        />
      )}
      {dialog === 'PASSWORD' && <ResetPasswordModal userId={id} login={login} onClose={() => setDialog(null)} />}
    </SpaceBetween>
  );
}
