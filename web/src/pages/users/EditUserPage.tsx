import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNotFound } from '../../api/errors.ts';
import { useMay } from '../../api/session.ts';
import { userQuery } from '../../api/users.ts';
import { NoPermission } from '../../components/NoPermission.tsx';
import { EditUserForm } from './EditUserForm.tsx';
import { GoneUser } from './GoneUser.tsx';
import { LoadingUser } from './LoadingUser.tsx';

export function EditUserPage() {
  const { userId = '' } = useParams({ strict: false });
  const may = useMay();
  if (!may('Users.View')) return <NoPermission permission="Users – View" />;
  if (!may('Users.Edit') && !may('Users.EditPermission')) return <NoPermission permission="Users – Edit" />;
  return <LoadedForm key={userId} userId={userId} />;
}

function LoadedForm({ userId }: { readonly userId: string }) {
  const { data: user, error, refetch } = useQuery(userQuery(userId));
  if (isNotFound(error)) return <GoneUser />;
  if (!user) return <LoadingUser error={error} onRetry={() => void refetch()} />;
  return <EditUserForm user={user} />;
}
