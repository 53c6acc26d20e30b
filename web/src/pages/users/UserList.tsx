import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { BatchSelection } from '../../api/types.ts';
import { focusPage } from '../../components/page.ts';
import { ResourceList } from '../../components/ResourceList.tsx';
import { nothing } from '../../components/selection.ts';
import { useResourceList } from '../../components/use-resource-list.ts';
import { DeleteUsersModal } from './DeleteUsersModal.tsx';
import { type LeaversDraft, LeaversListModal } from './LeaversListModal.tsx';
import { UserFilters } from './UserFilters.tsx';
import { UserListActions } from './UserListActions.tsx';
import { userList } from './user-list.tsx';
import { loginsOf, toBatchSelection } from './user-selection.ts';

const place = getRouteApi('/console/users');

type Deleting =
  | { readonly step: 'LIST' }
  | { readonly step: 'CONFIRM'; readonly by: 'LIST' | 'SELECTION'; readonly selection: BatchSelection };
const noDraft: LeaversDraft = { kind: 'Usernames', text: '' };

/** Users > User management. */
export function UserList() {
  const list = useResourceList(userList, place);
  const [deleting, setDeleting] = useState<Deleting | null>(null);
  const [draft, setDraft] = useState<LeaversDraft>(noDraft);
  const close = () => {
    setDeleting(null);
    setDraft(noDraft);
  };
  return (
    <>
      <ResourceList
        list={list}
        title="User management"
        selects="all"
        actions={
          <UserListActions
            list={list}
            onDelete={() =>
              setDeleting({ step: 'CONFIRM', by: 'SELECTION', selection: toBatchSelection(list.selection) })
            }
            onDeleteFromList={() => setDeleting({ step: 'LIST' })}
          />
        }
        filters={<UserFilters list={list} />}
        empty={{ title: 'No users', text: 'Add the first one with Add new users.' }}
        noMatch={{ title: 'No user matches', text: 'Change or clear the filters above.' }}
      />
      {deleting?.step === 'LIST' && (
        <LeaversListModal
          draft={draft}
          onChange={setDraft}
          onClose={close}
          onChosen={(selection) => setDeleting({ step: 'CONFIRM', by: 'LIST', selection })}
        />
      )}
      {deleting?.step === 'CONFIRM' && (
        <DeleteUsersModal
          selection={deleting.selection}
          logins={loginsOf(list.selection)}
          onBack={deleting.by === 'LIST' ? () => setDeleting({ step: 'LIST' }) : undefined}
          onClose={close}
          onStarted={() => {
            close();
            list.select(nothing);
            focusPage();
          }}
        />
      )}
    </>
  );
}
