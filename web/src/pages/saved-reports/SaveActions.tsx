import Button from '@cloudscape-design/components/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { explain } from '../../api/errors.ts';
import {
  type SavedReport,
  type SavedReportSettings,
  type SavedReportType,
  savedReportQuery,
} from '../../api/saved-reports.ts';
import { useRefusal } from '../../api/session.ts';
import { flash } from '../../components/flashes.ts';
import { focusPage } from '../../components/page.ts';
import { useGo } from '../../routes/navigation.ts';
import { NameReportModal } from './NameReportModal.tsx';
import { ShareReportModal } from './ShareReportModal.tsx';
import { useReportRights } from './saved-report-rights.ts';

interface SaveActionsProps {
  readonly type: SavedReportType;
  /** Null: a built-in one. */
  readonly saved: SavedReport | null;
  /** As it is shown. */
  readonly settings: SavedReportSettings;
  /** Whether that is another than what is saved. */
  readonly changed: boolean;
  /** Why it cannot be saved as it is. */
  readonly problem: string | null;
  /** To the report as it is saved now. */
  readonly onSaved: () => void;
}

/** Save, Save as and Share of a report. */
export function SaveActions({ type, saved, settings, changed, problem, onSaved }: SaveActionsProps) {
  const [dialog, setDialog] = useState<'NAME' | 'SHARE' | null>(null);
  const refusal = useRefusal();
  const { noEdit, noShare } = useReportRights();
  const client = useQueryClient();
  const go = useGo();
  const save = useMutation({
    mutationFn: async (report: SavedReport) => {
      const { Version } = report;
      await call('UpdateSavedReport', { SavedReportId: report.Id, Settings: settings, Version });
      await client.fetchQuery({ ...savedReportQuery(report.Id), staleTime: 0 });
      return report;
    },
    onSuccess: ({ Name }) => {
      flash({ type: 'success', content: `“${Name}” is saved.` });
      onSaved();
      focusPage();
    },
    onError: (error) => flash({ type: 'error', header: 'The report was not saved', content: explain(error).message }),
  });
  const noCreate = refusal('MetricsReports.Create') ?? problem ?? undefined;
  const noSave = saved
    ? (noEdit(saved) ?? (changed ? (problem ?? undefined) : 'Nothing has been changed since it was saved.'))
    : noCreate;
  const noSharing = saved ? noShare(saved) : undefined;
  return (
    <>
      {saved && (
        <Button
          iconName="share"
          disabled={noSharing !== undefined}
          disabledReason={noSharing}
          onClick={() => setDialog('SHARE')}
        >
          Share
        </Button>
      )}
      <Button
        disabled={noSave !== undefined}
        disabledReason={noSave}
        loading={save.isPending}
        onClick={() => (saved ? save.mutate(saved) : setDialog('NAME'))}
      >
        Save
      </Button>
      {saved && (
        <Button disabled={noCreate !== undefined} disabledReason={noCreate} onClick={() => setDialog('NAME')}>
          Save as
        </Button>
      )}
      {dialog === 'NAME' && (
        <NameReportModal
          header={saved ? 'Save the report under another name' : 'Save the report'}
          confirm="Save"
          initial={saved ? `${saved.Name} (copy)`.slice(0, 127) : ''}
          save={async (Name) => {
            const { SavedReportId } = await call('CreateSavedReport', { Name, Type: type, Settings: settings });
            flash({ type: 'success', travels: true, content: `“${Name}” is saved. Share it to let others open it.` });
            go({ to: '/saved-reports/$savedReportId', params: { savedReportId: SavedReportId } });
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'SHARE' && saved && (
        <ShareReportModal report={saved} onClose={() => setDialog(null)} onDone={() => setDialog(null)} />
      )}
    </>
  );
}
