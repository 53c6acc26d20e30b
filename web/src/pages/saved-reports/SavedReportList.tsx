import Button from '@cloudscape-design/components/button';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call } from '../../api/client.ts';
import type { SavedReportRow } from '../../api/saved-reports.ts';
import { useMay } from '../../api/session.ts';
import { flash } from '../../components/flashes.ts';
import { focusPage } from '../../components/page.ts';
import { ResourceList } from '../../components/ResourceList.tsx';
import { nothing } from '../../components/selection.ts';
import { useResourceList } from '../../components/use-resource-list.ts';
import { DeleteReportsModal } from './DeleteReportsModal.tsx';
import { NameReportModal } from './NameReportModal.tsx';
import { SavedReportFilters } from './SavedReportFilters.tsx';
import { ShareReportModal } from './ShareReportModal.tsx';
import { savedReportList } from './saved-report-list.tsx';
import { useReportRights } from './saved-report-rights.ts';

const place = getRouteApi('/console/saved-reports');

/** Analytics and optimization > Saved reports: one's own and those that are published; for administrators all. */
export function SavedReportList() {
  const list = useResourceList(savedReportList, place);
  const may = useMay();
  const [dialog, setDialog] = useState<'RENAME' | 'SHARE' | 'DELETE' | null>(null);
  const chosen = list.selection.kind === 'ROWS' ? [...list.selection.rows.values()] : [];
  const [first] = chosen;
  const close = () => setDialog(null);
  const done = () => {
    close();
    list.select(nothing);
    list.refresh();
    focusPage();
  };
  // Whoever may see all and has none of their own sees all.
  const { all } = list.filter;
  const { changeFilter } = list;
  const onlyAll = !may('MetricsReports.View');
  useEffect(() => {
    if (onlyAll && !all) changeFilter({ all: true }, { replace: true });
  });
  return (
    <>
      <ResourceList
        list={list}
        title="Saved reports"
        selects="rows"
        actions={<Actions chosen={chosen} onChoose={setDialog} />}
        filters={<SavedReportFilters list={list} />}
        empty={{ title: 'No saved reports', text: 'Open a report of Historical metrics, and choose Save there.' }}
        noMatch={{ title: 'No saved report matches', text: 'Change or clear the filters above.' }}
      />
      {dialog === 'RENAME' && first && (
        <NameReportModal
          header="Rename the report"
          confirm="Rename"
          initial={first.Name}
          save={async (Name) => {
            await call('UpdateSavedReport', { SavedReportId: first.Id, Name });
            flash({ type: 'success', content: `“${first.Name}” is named “${Name}” now.` });
            done();
          }}
          onClose={close}
        />
      )}
      {dialog === 'SHARE' && first && <ShareReportModal report={first} onClose={close} onDone={done} />}
      {dialog === 'DELETE' && <DeleteReportsModal rows={chosen} onClose={close} onDone={done} />}
    </>
  );
}

interface ActionsProps {
  readonly chosen: readonly SavedReportRow[];
  readonly onChoose: (dialog: 'RENAME' | 'SHARE' | 'DELETE') => void;
}

function Actions({ chosen, onChoose }: ActionsProps) {
  const { noEdit, noDelete, noShare } = useReportRights();
  const [first] = chosen;
  const noOne = !first ? 'Select a saved report first.' : chosen.length > 1 ? 'Select a single one.' : undefined;
  const buttons = [
    { id: 'DELETE', text: 'Delete', why: first ? chosen.map(noDelete).find((why) => why) : noOne },
    { id: 'RENAME', text: 'Rename', why: noOne ?? (first && noEdit(first)) },
    { id: 'SHARE', text: 'Share', why: noOne ?? (first && noShare(first)) },
  ] as const;
  return buttons.map(({ id, text, why }) => (
    <Button key={id} disabled={why !== undefined} disabledReason={why} onClick={() => onChoose(id)}>
      {text}
    </Button>
  ));
}
