import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSession } from '../../api/session.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { OwnSessions } from './OwnSessions.tsx';

/** My account: what everybody may do about their own, whatever their security profiles say. */
export function AccountPage() {
  const { Instance, User } = useSession();
  const name = `${User.FirstName ?? ''} ${User.LastName ?? ''}`.trim();
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={`${User.Username}${name === '' ? '' : `, ${name}`}, in ${Instance.Alias}`}>
        My account
      </Header>
      {Instance.IdentityManagementType === 'CONNECT_MANAGED' && <ChangePassword />}
      <OwnSessions />
    </SpaceBetween>
  );
}
