import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { focusPage } from '../../components/page.ts';
import { ResourceList } from '../../components/ResourceList.tsx';
import { nothing } from '../../components/selection.ts';
import { useResourceList } from '../../components/use-resource-list.ts';
import { DeleteQuickConnectsModal } from './DeleteQuickConnectsModal.tsx';
import { QuickConnectFilters } from './QuickConnectFilters.tsx';
import { QuickConnectListActions } from './QuickConnectListActions.tsx';
import { quickConnectList } from './quick-connect-list.tsx';
import { RepointModal } from './RepointModal.tsx';
import { SelectOrphaned } from './SelectOrphaned.tsx';

const place = getRouteApi('/console/routing/quick-connects');

/** Routing > Quick connects. */
export function QuickConnectList() {
  const list = useResourceList(quickConnectList, place);
  const [dialog, setDialog] = useState<'DELETE' | 'REPOINT' | null>(null);
  const chosen = list.selection.kind === 'ROWS' ? [...list.selection.rows.values()] : [];
  const close = () => setDialog(null);
  const done = () => {
    close();
    list.select(nothing);
    list.refresh();
    focusPage();
  };
  return (
    <>
      <ResourceList
        list={list}
        title="Quick connects"
        selects="rows"
        actions={
          <QuickConnectListActions
            chosen={chosen}
            onDelete={() => setDialog('DELETE')}
            onRepoint={() => setDialog('REPOINT')}
          />
        }
        filters={<QuickConnectFilters list={list} />}
        selectors={<SelectOrphaned list={list} />}
        empty={{ title: 'No quick connects', text: 'Add the first one with Add new.' }}
        noMatch={{ title: 'No quick connect matches', text: 'Change or clear the filters above.' }}
      />
      {dialog === 'DELETE' && <DeleteQuickConnectsModal rows={chosen} onClose={close} onDone={done} />}
      {dialog === 'REPOINT' && <RepointModal rows={chosen} onClose={close} onDone={done} />}
    </>
  );
}
