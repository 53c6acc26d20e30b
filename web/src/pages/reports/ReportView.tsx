import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { call, fetchFile } from '../../api/client.ts';
import type { SavedReport } from '../../api/saved-reports.ts';
import { DownloadButton } from '../../components/DownloadButton.tsx';
import { flash } from '../../components/flashes.ts';
import { countOf } from '../../components/words.ts';
import { SaveActions } from '../saved-reports/SaveActions.tsx';
import { goneText, OwnerText } from '../saved-reports/saved-report-words.tsx';
import { ReportChartPanel } from './ReportChartPanel.tsx';
import { ReportTable } from './ReportTable.tsx';
import { builtInReports, type ReportName } from './report-metrics.ts';
import { momentsOf } from './report-range.ts';
import type { ReportSearch } from './report-search.ts';
import { countFilters, groupingWords, readSettings, requestOf, writeSettings } from './report-settings.ts';
import { intervalText, intervalWords, rangeText } from './report-words.ts';
import { SettingsModal } from './SettingsModal.tsx';
import { fromSaved, overSaved, toSaved, typeOfReport } from './saved-settings.ts';

const views = { table: 'Table', bar: 'Bar chart', line: 'Line chart' } as const;
export type View = keyof typeof views;

interface ReportViewProps {
  readonly report: ReportName;
  /** Null: the report as it is built in. */
  readonly saved: SavedReport | null;
  /** What the address says; of a saved report it may be nothing. */
  readonly search: ReportSearch;
  readonly show: (search: ReportSearch) => void;
  readonly hrefOf: (search: ReportSearch) => string;
}

export function ReportView({ report, saved, search: given, show, hrefOf }: ReportViewProps) {
  const kept = useMemo(() => saved && fromSaved(saved), [saved]);
  const search = useMemo(() => (kept ? overSaved(kept.search, given) : given), [kept, given]);
  const { settings, unknown } = useMemo(() => readSettings(report, search), [report, search]);
  const shown = toSaved(settings, search);
  const changed =
    kept !== null &&
    JSON.stringify(shown) !== JSON.stringify(toSaved(readSettings(report, kept.search).settings, kept.search));
  const notShown = kept ? [...kept.unknown, ...unknown] : unknown;
  const [asked, setAsked] = useState(() => new Date());
  const [editing, setEditing] = useState(false);
  const moments = useMemo(() => momentsOf(settings, asked), [settings, asked]);
  const problem = 'problem' in moments ? moments.problem : null;
  const request = useMemo(() => ('problem' in moments ? null : requestOf(settings, moments)), [settings, moments]);
  const query = useQuery({
    queryKey: ['historical-report', request],
    queryFn: async ({ signal }) =>
      request && { answer: await call('GetHistoricalReport', request, { signal }), settings, moments },
    enabled: request !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const view = (Object.keys(views) as View[]).find((known) => known === search.view) ?? 'table';
  const change = (next: ReportSearch) => show({ ...given, ...next });
  const whole = { ...search, ...writeSettings(settings) };
  const copyLink = async () => {
    const link = new URL(hrefOf(whole), location.href);
    try {
      await navigator.clipboard.writeText(link.href);
      flash({ type: 'success', content: 'The link is copied. It shows this report to whoever may see reports.' });
    } catch {
      // Not there without HTTPS: the address bar is.
      change(whole);
      flash({
        type: 'info',
        content: 'The browser did not let the link be copied. The address of this page is the link.',
      });
    }
  };
  const filters = countFilters(settings.filters);
  const summary = [
    intervalWords[settings.interval],
    'problem' in moments || settings.range.kind === 'CUSTOM'
      ? rangeText(settings.range)
      : `${rangeText(settings.range)} (${intervalText(moments, { interval: 'TOTAL', zone: settings.zone })})`,
    settings.zone,
    settings.groupings.length > 0
      ? `by ${settings.groupings.map((key) => groupingWords[key].toLowerCase()).join(', ')}`
      : 'all together',
    filters > 0 ? countOf(filters, 'filter') : 'no filters',
  ].join(' · ');
  const data = query.data ?? undefined;
  const actions = (
    <div className="actions">
      <Button
        iconName="refresh"
        ariaLabel="Refresh"
        loading={query.isFetching}
        onClick={() => {
          setAsked(new Date());
          // Of a closed range the request is the same as before.
          void query.refetch();
        }}
      />
      {!saved && (
        <Button iconName="share" onClick={() => void copyLink()}>
          Copy link
        </Button>
      )}
      <DownloadButton
        file={(signal) =>
          request
            ? fetchFile('DownloadHistoricalReport', request, { signal })
            : Promise.reject(new Error('There is no report.'))
        }
        loadingText="Fetching the report"
        disabled={!data?.answer.Rows.length || problem !== null}
      />
      <SaveActions
        type={typeOfReport[report]}
        saved={saved}
        settings={shown}
        changed={changed}
        problem={problem}
        onSaved={() => show(given.sort ? { sort: given.sort } : {})}
      />
      <Button variant="primary" iconName="settings" onClick={() => setEditing(true)}>
        Settings
      </Button>
    </div>
  );
  const notes = (
    <SpaceBetween size="xs">
      {saved && (
        <SpaceBetween direction="horizontal" size="m">
          <span>
            {builtInReports[report].title}, saved by <OwnerText owner={saved.Owner} />
          </span>
          {changed && <StatusIndicator type="pending">Unsaved changes</StatusIndicator>}
        </SpaceBetween>
      )}
      {saved && saved.GoneFilterValues.length > 0 && (
        <Alert type="info" statusIconAriaLabel="Info">
          {goneText(saved.GoneFilterValues)}
        </Alert>
      )}
      <SegmentedControl
        label="View"
        selectedId={view}
        options={(Object.keys(views) as View[]).map((id) => ({ id, text: views[id] }))}
        onChange={({ detail }) =>
          change({ view: detail.selectedId === 'table' && !saved ? undefined : detail.selectedId })
        }
      />
      {notShown.length > 0 && (
        <Alert type="warning" statusIconAriaLabel="Warning">
          {`Parts of the ${saved ? 'report' : 'link'} are not known here, and are left out: ${notShown.slice(0, 5).join(', ').slice(0, 200)}.`}
        </Alert>
      )}
      {data?.answer.Truncated && (
        <Alert type="warning" statusIconAriaLabel="Warning" header="The report is cut off">
          It would have more than 120,000 cells. Choose a shorter range, fewer groupings or metrics, or a filter. The
          totals are of everything.
        </Alert>
      )}
    </SpaceBetween>
  );
  const told = data && !('problem' in data.moments) ? data.moments : undefined;
  const shared = {
    moments: told,
    title: saved ? saved.Name : builtInReports[report].title,
    summary,
    actions,
    notes,
    query,
    problem,
    change,
  };
  return (
    <div className={query.isPlaceholderData ? 'stale' : undefined}>
      {view === 'table' ? (
        <ReportTable {...shared} settings={data?.settings ?? settings} answer={data?.answer} sort={search.sort} />
      ) : (
        <ReportChartPanel
          {...shared}
          settings={data?.settings ?? settings}
          answer={data?.answer}
          view={view}
          chart={search.chart}
        />
      )}
      {editing && (
        <SettingsModal
          settings={settings}
          onClose={() => setEditing(false)}
          onApply={(next) => {
            setEditing(false);
            setAsked(new Date());
            // A column of before may be another one now.
            show({ ...writeSettings(next), ...(given.view && { view: given.view }) });
          }}
        />
      )}
    </div>
  );
}
