import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { call, fetchFile } from '../../api/client.ts';
import { DownloadButton } from '../../components/DownloadButton.tsx';
import { flash } from '../../components/flashes.ts';
import { countOf } from '../../components/words.ts';
import { useGo, useHref } from '../../routes/navigation.ts';
import { ReportChartPanel } from './ReportChartPanel.tsx';
import { ReportTable } from './ReportTable.tsx';
import { builtInReports, type ReportName } from './report-metrics.ts';
import { momentsOf } from './report-range.ts';
import type { ReportSearch } from './report-search.ts';
import { countFilters, groupingWords, readSettings, requestOf, writeSettings } from './report-settings.ts';
import { intervalText, intervalWords, rangeText } from './report-words.ts';
import { SettingsModal } from './SettingsModal.tsx';

const place = getRouteApi('/console/historical-metrics/$report');

const views = { table: 'Table', bar: 'Bar chart', line: 'Line chart' } as const;
export type View = keyof typeof views;

export function ReportView({ report }: { readonly report: ReportName }) {
  const search = place.useSearch();
  const go = useGo();
  const href = useHref();
  const { settings, unknown } = useMemo(() => readSettings(report, search), [report, search]);
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
  const change = (next: ReportSearch) =>
    go({ to: '/historical-metrics/$report', params: { report }, search: { ...search, ...next }, resetScroll: false });
  const whole = { ...search, ...writeSettings(settings) };
  const copyLink = async () => {
    const link = new URL(href({ to: '/historical-metrics/$report', params: { report }, search: whole }), location.href);
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
      <Button iconName="share" onClick={() => void copyLink()}>
        Copy link
      </Button>
      <DownloadButton
        file={(signal) =>
          request
            ? fetchFile('DownloadHistoricalReport', request, { signal })
            : Promise.reject(new Error('There is no report.'))
        }
        loadingText="Fetching the report"
        disabled={!data?.answer.Rows.length || problem !== null}
      />
      <Button variant="primary" iconName="settings" onClick={() => setEditing(true)}>
        Settings
      </Button>
    </div>
  );
  const notes = (
    <SpaceBetween size="xs">
      <SegmentedControl
        label="View"
        selectedId={view}
        options={(Object.keys(views) as View[]).map((id) => ({ id, text: views[id] }))}
        onChange={({ detail }) => change({ view: detail.selectedId === 'table' ? undefined : detail.selectedId })}
      />
      {unknown.length > 0 && (
        <Alert type="warning" statusIconAriaLabel="Warning">
          {`Parts of the link are not known here, and are left out: ${unknown.slice(0, 5).join(', ').slice(0, 200)}.`}
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
    title: builtInReports[report].title,
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
            go({
              to: '/historical-metrics/$report',
              params: { report },
              search: { ...writeSettings(next), ...(search.view && { view: search.view }) },
              resetScroll: false,
            });
          }}
        />
      )}
    </div>
  );
}
