import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { BatchSelection } from '../../api/types.ts';
import { focusPage } from '../../components/page.ts';
import { ResourceList } from '../../components/ResourceList.tsx';
import { nothing } from '../../components/selection.ts';
import { useResourceList } from '../../components/use-resource-list.ts';
import { DeleteUsersModal } from './DeleteUsersModal.tsx';
import { LeaversListModal } from './LeaversListModal.tsx';
import { UserFilters } from './UserFilters.tsx';
import { UserListActions } from './UserListActions.tsx';
import { userList } from './user-list.tsx';
import { loginsOf, toBatchSelection } from './user-selection.ts';

const place = getRouteApi('/console/users');

/** Users > User management. */
export function UserList() {
  const list = useResourceList(userList, place);
  const [deleting, setDeleting] = useState<BatchSelection | 'ASK_FOR_LIST' | null>(null);
  return (
    <>
      <ResourceList
        list={list}
        title="User management"
        selects="all"
        actions={
          <UserListActions
            list={list}
            onDelete={() => setDeleting(toBatchSelection(list.selection))}
            onDeleteFromList={() => setDeleting('ASK_FOR_LIST')}
          />
        }
        filters={<UserFilters list={list} />}
        empty={{ title: 'No users', text: 'Add the first one with Add new users.' }}
        noMatch={{ title: 'No user matches', text: 'Change or clear the filters above.' }}
      />
      {deleting === 'ASK_FOR_LIST' && <LeaversListModal onClose={() => setDeleting(null)} onChosen={setDeleting} />}
      {deleting && deleting !== 'ASK_FOR_LIST' && (
        <DeleteUsersModal
          selection={deleting}
          logins={loginsOf(list.selection)}
          onClose={() => setDeleting(null)}
          onStarted={() => {
            setDeleting(null);
            list.select(nothing);
            focusPage();
          }}
        />
      )}
    </>
  );
}
