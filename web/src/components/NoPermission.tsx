import { type PermissionId, permissionText } from '../api/permissions.ts';
import { useSession } from '../api/session.ts';
import { Notice } from './Notice.tsx';

export function NoPermission({ permission }: { readonly permission: PermissionId }) {
  const { User } = useSession();
  return (
    <Notice
      title="You may not see this page"
      text={`It needs the permission ${permissionText(permission)}, which no security profile of ${User.Username} has. Ask an administrator for it.`}
    />
  );
}
