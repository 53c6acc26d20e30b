import Multiselect, { type MultiselectProps } from '@cloudscape-design/components/multiselect';
import { useQuery } from '@tanstack/react-query';
import { explain } from '../api/errors.ts';
import { deletedAgentsQuery, livingAgentsQuery, type ReportAgent } from '../api/report-agents.ts';
import { formatTime } from './words.ts';

interface AgentsSelectProps {
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly most: number;
}

/** Any number of agents by their logins; those who are deleted stand in a group of their own. */
export function AgentsSelect({ value, onChange, most }: AgentsSelectProps) {
  const living = useQuery(livingAgentsQuery);
  const deleted = useQuery(deletedAgentsQuery);
  const error = living.error ?? deleted.error;
  const groups = [
    { label: 'Agents', options: (living.data ?? []).map(optionOf) },
    { label: 'Deleted agents', options: (deleted.data ?? []).map(optionOf) },
  ].filter(({ options }) => options.length > 0);
  const known = new Map(groups.flatMap(({ options }) => options).map((option) => [option.value, option]));
  const pending = living.isPending || deleted.isPending;
  return (
    <Multiselect
      inlineLabelText="Agent"
      placeholder="Any"
      inlineTokens
      selectedOptions={value.map((id) => known.get(id) ?? { value: id, label: pending ? '…' : 'Unknown agent' })}
      options={groups}
      onChange={({ detail }) => onChange(detail.selectedOptions.flatMap((option) => option.value ?? []).slice(0, most))}
      onLoadItems={() => {
        if (living.error) void living.refetch();
        if (deleted.error) void deleted.refetch();
      }}
      filteringType="auto"
      filteringAriaLabel="Find an agent"
      filteringPlaceholder="Find a login"
      statusType={error ? 'error' : pending ? 'loading' : 'finished'}
      loadingText="Loading the agents"
      errorText={error ? explain(error).message : undefined}
      recoveryText="Retry"
      empty="There are no agents."
      noMatch="No agent matches."
      virtualScroll
    />
  );
}

const optionOf = ({ Id, Username, DeletedTime }: ReportAgent): MultiselectProps.Option => ({
  value: Id,
  label: Username,
  ...(DeletedTime !== undefined && { description: `Deleted ${formatTime(DeletedTime)}` }),
});
