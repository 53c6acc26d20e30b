import { useMay } from '../../api/session.ts';
import { NoPermission } from '../../components/NoPermission.tsx';
import { BatchList } from './BatchList.tsx';

export function BatchListPage() {
  const may = useMay();
  return may('Users.View') || may('Users.Delete') ? <BatchList /> : <NoPermission permission="Users – View" />;
}
