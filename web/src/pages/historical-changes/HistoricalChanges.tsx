import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { fetchFile } from '../../api/client.ts';
import { ExportButton } from '../../components/ExportButton.tsx';
import { focusPage } from '../../components/page.ts';
import { type PagePanel, usePagePanel } from '../../components/page-panel.ts';
import { ResourceList } from '../../components/ResourceList.tsx';
import { rangeText } from '../../components/time-range.ts';
import { ownZone } from '../../components/time-zone.ts';
import { useResourceList } from '../../components/use-resource-list.ts';
import { ChangeDetails } from './ChangeDetails.tsx';
import { ChangeFilterFields } from './ChangeFilterFields.tsx';
import { OpenChange } from './ChangeLink.tsx';
import { changeList } from './change-list.tsx';
import { toChangesRequest } from './change-list-state.ts';
import type { HistoricalChange } from './change-words.ts';

const place = getRouteApi('/console/users/historical-changes');

/** Users > Historical changes: who changed what, with the values before and after. */
export function HistoricalChanges() {
  const list = useResourceList(changeList, place);
  const [change, setChange] = useState<HistoricalChange | null>(null);
  const opener = useRef<Element | null>(null);
  const open = useCallback((next: HistoricalChange) => {
    opener.current = document.activeElement;
    setChange(next);
  }, []);
  const close = useCallback(() => {
    setChange(null);
    const { current } = opener;
    if (current instanceof HTMLElement && current.isConnected) current.focus();
    else focusPage();
  }, []);
  const changeFilter = useRef(list.changeFilter);
  changeFilter.current = list.changeFilter;
  const panel = useMemo((): PagePanel | null => {
    if (!change) return null;
    const allOfIt = () => {
      changeFilter.current({ resource: '', resourceId: change.Resource.Id });
      setChange(null);
      focusPage();
    };
    return { element: <ChangeDetails change={change} onAllOfIt={allOfIt} />, onClose: close };
  }, [change, close]);
  usePagePanel(panel);
  return (
    <OpenChange value={open}>
      <ResourceList
        list={list}
        title="Historical changes"
        description={`Who changed what, newest first, in the time zone ${ownZone().replaceAll('_', ' ')}. Open a time for the values before and after.`}
        actions={
          <ExportButton
            list={list}
            file={(_, state, signal) =>
              fetchFile('DownloadHistoricalChanges', toChangesRequest(state, new Date()), { signal })
            }
          />
        }
        filters={<ChangeFilterFields list={list} />}
        empty={{
          title: 'No changes',
          text: `Of what you may see, nothing has changed ${rangeText(list.filter.range)}. Choose a longer time range.`,
        }}
        noMatch={{
          title: 'No change matches',
          text: `None ${rangeText(list.filter.range)} does. Logins and names are found whole. Choose a longer time range, or change or clear the filters above.`,
        }}
      />
    </OpenChange>
  );
}
