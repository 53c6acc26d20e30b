import Button from '@cloudscape-design/components/button';
import { useMay, useRefusal } from '../../api/session.ts';
import { downloadUsers } from '../../api/users.ts';
import { ExportButton } from '../../components/ExportButton.tsx';
import { RouterButton } from '../../components/RouterButton.tsx';
import { selectedCount } from '../../components/selection.ts';
import type { UserListState } from './user-list.tsx';
import { toSearch } from './user-list-state.ts';

interface UserListActionsProps {
  readonly list: UserListState;
  readonly onDelete: () => void;
  readonly onDeleteFromList: () => void;
}

/** Connect's buttons. One that cannot be used says why. */
export function UserListActions({ list, onDelete, onDeleteFromList }: UserListActionsProps) {
  const refusal = useRefusal();
  const may = useMay();
  const { selection } = list;
  const count = selectedCount(selection);
  const only = selection.kind === 'ROWS' && count === 1 ? [...selection.rows.keys()][0] : undefined;
  const noList = refusal('Users.Delete');
  const noDelete = noList ?? (count === 0 ? 'Select one or more users first.' : undefined);
  const noEdit = refusal('Users.Edit', 'Users.EditPermission') ?? editRefusal(count);
  const noCreate = refusal('Users.Create');
  return (
    <>
      {may('HistoricalChanges.View') && (
        <RouterButton variant="link" to={{ to: '/users/historical-changes', search: { type: 'agent' } }}>
          View historical changes
        </RouterButton>
      )}
      <ExportButton
        list={list}
        file={(ids, state, signal) => downloadUsers(ids ? { UserIds: ids } : toSearch(state), signal)}
      />
      <Button disabled={noDelete !== undefined} disabledReason={noDelete} onClick={onDelete}>
        Delete
      </Button>
      <Button disabled={noList !== undefined} disabledReason={noList} onClick={onDeleteFromList}>
        Delete from a list
      </Button>
      <RouterButton
        to={{ to: '/users/$userId/edit', params: { userId: only ?? '' } }}
        disabled={noEdit !== undefined}
        disabledReason={noEdit}
      >
        Edit
      </RouterButton>
      <RouterButton
        variant="primary"
        to={{ to: '/users/new' }}
        disabled={noCreate !== undefined}
        disabledReason={noCreate}
      >
        Add new users
      </RouterButton>
    </>
  );
}

function editRefusal(count: number): string | undefined {
  if (count === 0) return 'Select a user first.';
  return count > 1 ? 'Only one user can be edited at a time. Select a single one.' : undefined;
}
