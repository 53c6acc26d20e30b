import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNotFound } from '../../api/errors.ts';
import { userQuery } from '../../api/users.ts';
import { GoneUser } from './GoneUser.tsx';
import { LoadingUser } from './LoadingUser.tsx';
import { UserView } from './UserView.tsx';

export function UserPage() {
  const { userId } = useParams({ from: '/console/users/$userId' });
  const { data: user, error, refetch } = useQuery(userQuery(userId));
  if (isNotFound(error)) return <GoneUser userId={userId} />;
  if (!user) return <LoadingUser error={error} onRetry={() => void refetch()} />;
  return <UserView user={user} />;
}
