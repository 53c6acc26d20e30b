import { Notice } from '../../components/Notice.tsx';
import { RouterLink } from '../../components/RouterLink.tsx';

/** Whoever follows an old link, or a row of a list that is older than a deletion, comes here. */
export function GoneUser() {
  return (
    <Notice
      title="This user does not exist (any more)"
      text="The user was deleted, or the address is wrong. A list that still shows the user is older than the deletion: refresh it."
    >
      <RouterLink to={{ to: '/users' }}>Go to User management</RouterLink>
    </Notice>
  );
}
