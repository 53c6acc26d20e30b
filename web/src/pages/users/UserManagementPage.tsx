import { useMay } from '../../api/session.ts';
import { NoPermission } from '../../components/NoPermission.tsx';
import { UserList } from './UserList.tsx';

export function UserManagementPage() {
  return useMay()('Users.View') ? <UserList /> : <NoPermission permission="Users – View" />;
}
