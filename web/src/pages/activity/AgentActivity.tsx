import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import DatePicker from '@cloudscape-design/components/date-picker';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type ActivityInterval, agentActivityQuery, downloadAgentActivity } from '../../api/activity-reports.ts';
import { isDenied } from '../../api/errors.ts';
import { permissionText } from '../../api/permissions.ts';
import { useMay } from '../../api/session.ts';
import { AgentSelect } from '../../components/AgentSelect.tsx';
import { boundsOfDay, dayOf } from '../../components/calendar.ts';
import { DownloadButton } from '../../components/DownloadButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { FloatingLabel } from '../../components/FloatingLabel.tsx';
import { TimeZoneSelect } from '../../components/TimeZoneSelect.tsx';
import { formatTimeIn, isDay, ownZone } from '../../components/time-zone.ts';
import { formatDuration } from '../../components/words.ts';
import { useGo } from '../../routes/navigation.ts';
import type { ActivityAddress } from './activity-state.ts';

const includeDeleted = 'AccessMetrics.AgentActivityAudit.IncludeDeleted';
const withDeletedHint = 'No agent matches. With “Include deleted agents” those are offered too.';
const place = getRouteApi('/console/agent-activity-audit');

/** Analytics and optimization > Agent activity audit: what one agent did in a day, from status to status. */
export function AgentActivity() {
  const address = place.useSearch();
  const go = useGo();
  const mayDeleted = useMay()(includeDeleted);
  const noMatch = mayDeleted
    ? withDeletedHint
    : `No agent matches. Deleted agents are not offered: you need the permission ${permissionText(includeDeleted)}.`;
  const [zone, setZone] = useState(address.zone ?? ownZone());
  const [day, setDay] = useState(address.day ?? dayOf(new Date(), zone));
  const [agent, setAgent] = useState(address.agent ?? '');
  const [withDeleted, setWithDeleted] = useState(false);
  const refusal = agent === '' ? 'Choose an agent.' : isDay(day) ? undefined : 'Choose a day.';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!refusal) go({ to: '/agent-activity-audit', search: { agent, day, zone } });
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="What an agent did in the course of a day, from status to status.">
        Agent activity audit
      </Header>
      <form className="filters" onSubmit={submit}>
        <AgentSelect
          value={agent}
          onChange={setAgent}
          withDeleted={withDeleted}
          noMatch={withDeleted ? 'No agent matches.' : noMatch}
        />
        <FloatingLabel label="Day">
          <DatePicker
            value={day}
            onChange={({ detail }) => setDay(detail.value)}
            openCalendarAriaLabel={(chosen) => `Choose a day${chosen ? `, ${chosen} is chosen` : ''}`}
            placeholder="YYYY/MM/DD"
            ariaLabel="Day"
          />
        </FloatingLabel>
        <TimeZoneSelect inlineLabel="Time zone" value={zone} onChange={setZone} />
        <div className="filter-button">
          <Button variant="primary" formAction="submit" disabled={Boolean(refusal)} disabledReason={refusal}>
            Generate report
          </Button>
        </div>
        {mayDeleted && (
          <div className="filter-checkbox">
            <Checkbox
              checked={withDeleted}
              onChange={({ detail }) => {
                setWithDeleted(detail.checked);
                if (!detail.checked) setAgent('');
              }}
            >
              Include deleted agents
            </Checkbox>
          </div>
        )}
      </form>
      <Report address={address} />
    </SpaceBetween>
  );
}

/** The report that the address asks for. */
function Report({ address: { agent, day, zone } }: { readonly address: ActivityAddress }) {
  if (!agent || !day || !zone) {
    return <EmptyState title="No report yet" text="Choose an agent and a day, then Generate report." />;
  }
  return <Intervals key={`${agent} ${day} ${zone}`} agent={agent} day={day} zone={zone} />;
}

interface IntervalsProps {
  readonly agent: string;
  readonly day: string;
  readonly zone: string;
}

function Intervals({ agent, day, zone }: IntervalsProps) {
  const { start, end } = boundsOfDay(day, zone);
  const request = {
    AgentIds: [agent],
    StartTime: start.getTime() / 1000,
    EndTime: end.getTime() / 1000,
    TimeZone: zone,
  };
  const { data, error, isPending, refetch } = useQuery(agentActivityQuery(request));
  const time = (seconds: number | undefined) => (seconds === undefined ? '–' : formatTimeIn(seconds, zone));
  const login = data?.[0]?.Username;
  const mayDeleted = useMay()(includeDeleted);
  return (
    <Table
      items={data ?? []}
      loading={isPending}
      loadingText="Loading the activity"
      wrapLines
      header={
        <Header
          variant="h2"
          {...(data && { counter: `(${data.length})` })}
          description={`${day}, ${zone.replaceAll('_', ' ')}`}
          actions={
            <DownloadButton
              loadingText="Fetching the activity"
              refusal={data?.length === 0 ? 'There is nothing to download.' : undefined}
              disabled={!data?.length}
              file={(signal) => downloadAgentActivity(request, signal)}
            />
          }
        >
          {login ? `Activity of ${login}` : 'Activity'}
        </Header>
      }
      columnDefinitions={[
        { id: 'start', header: 'Start time', isRowHeader: true, cell: (one) => time(one.StartTime) },
        { id: 'end', header: 'End time', cell: (one) => time(one.EndTime) },
        { id: 'duration', header: 'Duration', cell: durationOf },
        { id: 'status', header: 'Status', cell: ({ Status }) => Status },
      ]}
      empty={
        isDenied(error) && !mayDeleted ? (
          <EmptyState
            title="This agent is no user here, or no more"
            text={`To see what deleted agents did, you need the permission ${permissionText(includeDeleted)}.`}
          />
        ) : error ? (
          <ErrorAlert header="The activity could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          <EmptyState title="No activity" text="Nothing is known of what this agent did on this day." />
        )
      }
    />
  );
}

const durationOf = ({ Duration }: ActivityInterval) =>
  Duration === undefined ? '–' : <span className="numbers">{formatDuration(Duration)}</span>;
