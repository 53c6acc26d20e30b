import { useMay } from '../../api/session.ts';
import { NoPermission } from '../../components/NoPermission.tsx';
import { QuickConnectList } from './QuickConnectList.tsx';

export function QuickConnectsPage() {
  return useMay()('TransferDestinations.View') ? (
    <QuickConnectList />
  ) : (
    <NoPermission permission="Quick connects – View" />
  );
}
