import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type May, useMay } from '../../api/session.ts';
import type { UserSearch } from '../../api/types.ts';
import { RouterButton } from '../../components/RouterButton.tsx';
import { formatNumber } from '../../components/words.ts';
import { editUserPath, newUserPath } from '../../routes/paths.ts';
import { DownloadCsvButton } from './DownloadCsvButton.tsx';
import { selectedCount, type UserSelection } from './user-selection.ts';

interface UserListHeaderProps {
  readonly selection: UserSelection;
  readonly search: UserSearch;
  readonly total: number | undefined;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
  readonly onDelete: () => void;
  readonly onDeleteFromList: () => void;
}

/** The title with Connect's buttons. One that cannot be used says why. */
export function UserListHeader(props: UserListHeaderProps) {
  const { selection, search, total, isFetching, onRefresh, onDelete, onDeleteFromList } = props;
  const may = useMay();
  const count = selectedCount(selection);
  const only = selection.kind === 'USERS' && count === 1 ? [...selection.users.keys()][0] : undefined;
  const noEdit = editRefusal(may, count);
  const noDelete = deleteRefusal(may('Users.Delete'), count);
  const noList = may('Users.Delete') ? undefined : deleteRefusal(false, count);
  const noCreate = may('Users.Create') ? undefined : 'You need the permission Users – Create.';
  return (
    <Header
      variant="awsui-h1-sticky"
      counter={
        total === undefined ? undefined : `(${count > 0 ? `${formatNumber(count)}/` : ''}${formatNumber(total)})`
      }
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="refresh" ariaLabel="Refresh" loading={isFetching} onClick={onRefresh} />
          <DownloadCsvButton selection={selection} search={search} total={total} />
          <Button disabled={noDelete !== undefined} disabledReason={noDelete} onClick={onDelete}>
            Delete
          </Button>
          <Button disabled={noList !== undefined} disabledReason={noList} onClick={onDeleteFromList}>
            Delete from a list
          </Button>
          <RouterButton href={editUserPath(only ?? '')} disabled={noEdit !== undefined} disabledReason={noEdit}>
            Edit
          </RouterButton>
          <RouterButton
            variant="primary"
            href={newUserPath}
            disabled={noCreate !== undefined}
            disabledReason={noCreate}
          >
            Add new users
          </RouterButton>
        </SpaceBetween>
      }
    >
      User management
    </Header>
  );
}

function editRefusal(may: May, count: number): string | undefined {
  if (!may('Users.Edit') && !may('Users.EditPermission')) return 'You need the permission Users – Edit.';
  if (count === 0) return 'Select a user first.';
  return count > 1 ? 'Only one user can be edited at a time. Select a single one.' : undefined;
}

function deleteRefusal(permitted: boolean, count: number): string | undefined {
  if (!permitted) return 'You need the permission Users – Remove.';
  return count === 0 ? 'Select one or more users first.' : undefined;
}
