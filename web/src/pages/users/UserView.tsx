import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useMay, useSession } from '../../api/session.ts';
import type { DescribedUser } from '../../api/users.ts';
import { usePage } from '../../components/page.ts';
import { RouterButton } from '../../components/RouterButton.tsx';
import { useGo } from '../../routes/navigation.ts';
import { editUserPath, usersPath } from '../../routes/paths.ts';
import { DeleteUsersModal } from './DeleteUsersModal.tsx';
import { ResetPasswordModal } from './ResetPasswordModal.tsx';
import { UserFacts } from './UserFacts.tsx';
import { UserQuickConnects } from './UserQuickConnects.tsx';

/** A user's page. */
export function UserView({ user }: { readonly user: DescribedUser }) {
  const id = user.Id ?? '';
  const login = user.Username ?? id;
  usePage(login, 'default', [{ text: 'User management', href: usersPath }]);
  const { Instance } = useSession();
  const may = useMay();
  const go = useGo();
  const [dialog, setDialog] = useState<'DELETE' | 'PASSWORD' | null>(null);
  const noEdit = may('Users.Edit') || may('Users.EditPermission') ? undefined : 'You need the permission Users – Edit.';
  const noPassword =
    Instance.IdentityManagementType !== 'CONNECT_MANAGED'
      ? 'Users of this instance sign in elsewhere.'
      : may('Users.Edit')
        ? undefined
        : 'You need the permission Users – Edit.';
  const noDelete = may('Users.Delete') ? undefined : 'You need the permission Users – Remove.';
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={Boolean(noDelete)} disabledReason={noDelete} onClick={() => setDialog('DELETE')}>
              Delete
            </Button>
            <Button disabled={Boolean(noPassword)} disabledReason={noPassword} onClick={() => setDialog('PASSWORD')}>
              Reset password
            </Button>
            <RouterButton variant="primary" href={editUserPath(id)} disabled={Boolean(noEdit)} disabledReason={noEdit}>
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
          onStarted={() => go(usersPath)}
        />
      )}
      {dialog === 'PASSWORD' && <ResetPasswordModal userId={id} login={login} onClose={() => setDialog(null)} />}
    </SpaceBetween>
  );
}
