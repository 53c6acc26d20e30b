import { useMay } from '../../api/session.ts';
import { NoPermission } from '../../components/NoPermission.tsx';
import { AddUserForm } from './AddUserForm.tsx';

export function AddUserPage() {
  return useMay()('Users.Create') ? <AddUserForm /> : <NoPermission permission="Users – Create" />;
}
