import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMay } from '../../api/session.ts';
import { Notice } from '../../components/Notice.tsx';
import { RouterLink } from '../../components/RouterLink.tsx';

/** Whoever follows an old link, or a row of a list that is older than a deletion, comes here. */
export function GoneUser({ userId }: { readonly userId: string }) {
  const may = useMay();
  return (
    <Notice
      title="This user does not exist (any more)"
      text="The user was deleted, or the address is wrong. A list that still shows the user is older than the deletion: refresh it."
    >
      <SpaceBetween size="xs">
        <RouterLink back to={{ to: '/users' }}>
          Go to User management
        </RouterLink>
        {may('HistoricalChanges.View') && (
          <RouterLink to={{ to: '/users/historical-changes', search: { id: userId, range: '731d' } }}>
            See what was changed of this user, and by whom
          </RouterLink>
        )}
      </SpaceBetween>
    </Notice>
  );
}
