import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { explain } from '../api/errors.ts';
import { deletedAgentsQuery, livingAgentsQuery, type ReportAgent } from '../api/report-agents.ts';

interface AgentSelectProps {
  /** Empty: nobody yet. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly withDeleted: boolean;
}

/** One agent by login; those who are deleted stand in a group of their own, if they are wanted. */
export function AgentSelect({ value, onChange, withDeleted }: AgentSelectProps) {
  const living = useQuery(livingAgentsQuery);
  const deleted = useQuery({ ...deletedAgentsQuery, enabled: withDeleted });
  const error = living.error ?? deleted.error;
  const gone = withDeleted ? (deleted.data ?? []).map(optionOf) : [];
  const present = (living.data ?? []).map(optionOf);
  const all: SelectProps.Option[] = [...present, ...gone];
  const options: SelectProps.Options =
    gone.length > 0
      ? [
          { label: 'Agents', options: present },
          { label: 'Deleted agents', options: gone },
        ]
      : present;
  return (
    <Select
      inlineLabelText="Agent"
      placeholder="Choose an agent"
      selectedOption={all.find((option) => option.value === value) ?? null}
      options={options}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      onLoadItems={() => {
        if (living.error) void living.refetch();
        if (deleted.error) void deleted.refetch();
      }}
      filteringType="auto"
      filteringAriaLabel="Find an agent"
      filteringPlaceholder="Find a login"
      statusType={error ? 'error' : living.isPending ? 'loading' : 'finished'}
      loadingText="Loading the agents"
      errorText={error ? explain(error).message : undefined}
      recoveryText="Retry"
      empty="There are no agents."
      noMatch="No agent matches."
      virtualScroll
    />
  );
}

const optionOf = ({ Id, Username }: ReportAgent) => ({ value: Id, label: Username });
