import { useSession } from '../api/session.ts';
import { Notice } from './Notice.tsx';

/** `permission` in the words of Connect's permission page: "Users – View". */
export function NoPermission({ permission }: { readonly permission: string }) {
  const { User } = useSession();
  return (
    <Notice
      title="You may not see this page"
      text={`It needs the permission ${permission}, which no security profile of ${User.Username} has. Ask an administrator for it.`}
    />
  );
}
