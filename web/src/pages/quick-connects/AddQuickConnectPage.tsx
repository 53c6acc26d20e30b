import { useMay } from '../../api/session.ts';
import { NoPermission } from '../../components/NoPermission.tsx';
import { QuickConnectForm } from './QuickConnectForm.tsx';

export function AddQuickConnectPage() {
  return useMay()('TransferDestinations.Create') ? (
    <QuickConnectForm row={null} />
  ) : (
    <NoPermission permission="Quick connects – Create" />
  );
}
