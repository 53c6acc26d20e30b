import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNotFound } from '../../api/errors.ts';
import { userQuery } from '../../api/users.ts';
import { EditUserForm } from './EditUserForm.tsx';
import { GoneUser } from './GoneUser.tsx';
import { LoadingUser } from './LoadingUser.tsx';

export function EditUserPage() {
  const { userId } = useParams({ from: '/console/users/$userId/edit' });
  const { data: user, error, refetch } = useQuery(userQuery(userId));
  if (isNotFound(error)) return <GoneUser userId={userId} />;
  if (!user) return <LoadingUser error={error} onRetry={() => void refetch()} />;
  return <EditUserForm user={user} />;
}
