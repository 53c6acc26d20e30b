import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hierarchyQuery, queuesQuery, routingProfilesQuery } from '../../api/directory.ts';
import { explain } from '../../api/errors.ts';
import { useMay } from '../../api/session.ts';
import { AgentsSelect } from '../../components/AgentsSelect.tsx';
import { HierarchySelect } from '../../components/HierarchySelect.tsx';
import type { SettingsFields } from './RangeFields.tsx';
import { channels, mostFilterValues, type ReportFilters } from './report-settings.ts';

/** Of whom and what; nothing chosen is everything. */
export function FilterFields({ draft, change }: SettingsFields) {
  const { filters } = draft;
  const may = useMay();
  const set = (next: Partial<ReportFilters>) => change({ filters: { ...filters, ...next } });
  const channelOptions = Object.entries(channels).map(([value, label]) => ({ value, label }));
  return (
    <>
      <AgentsSelect value={filters.agents} most={mostFilterValues} onChange={(agents) => set({ agents })} />
      {(may('Queues.View') || may('TransferDestinations.View') || may('RoutingPolicies.View')) && (
        <NamedMultiselect
          label="Queue"
          query={queuesQuery}
          value={filters.queues}
          onChange={(queues) => set({ queues })}
        />
      )}
      {(may('RoutingPolicies.View') || may('Users.View')) && (
        <NamedMultiselect
          label="Routing profile"
          query={routingProfilesQuery}
          value={filters.profiles}
          onChange={(profiles) => set({ profiles })}
        />
      )}
      {(may('AgentGrouping.View') || may('Users.View')) && (
        <HierarchyField value={filters.hierarchy} onChange={(hierarchy) => set({ hierarchy })} />
      )}
      <Multiselect
        inlineLabelText="Channel"
        placeholder="Any"
        inlineTokens
        options={channelOptions}
        selectedOptions={channelOptions.filter(({ value }) => filters.channels.includes(value))}
        onChange={({ detail }) => set({ channels: detail.selectedOptions.flatMap(({ value }) => value ?? []) })}
      />
      <PhonesField value={filters.phones} onChange={(phones) => set({ phones })} />
    </>
  );
}

interface FieldProps<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
}

interface NamedMultiselectProps extends FieldProps<readonly string[]> {
  readonly label: string;
  readonly query: typeof queuesQuery;
}

function NamedMultiselect({ label, query, value, onChange }: NamedMultiselectProps) {
  const { data, error, isPending, refetch } = useQuery(query);
  const options = (data ?? []).map(({ Id, Name }) => ({ value: Id, label: Name }));
  const known = new Map(options.map((option) => [option.value, option]));
  return (
    <Multiselect
      inlineLabelText={label}
      placeholder="Any"
      inlineTokens
      options={options}
      selectedOptions={value.map((id) => known.get(id) ?? { value: id, label: isPending ? '…' : 'Unknown' })}
      onChange={({ detail }) => onChange(detail.selectedOptions.flatMap((option) => option.value ?? []))}
      onLoadItems={() => {
        if (error) void refetch();
      }}
      filteringType="auto"
      filteringAriaLabel={`Find a ${label.toLowerCase()}`}
      statusType={error ? 'error' : isPending ? 'loading' : 'finished'}
      loadingText="Loading"
      errorText={error ? explain(error).message : undefined}
      recoveryText="Retry"
      empty="There are none."
      noMatch="None matches."
      virtualScroll={options.length > 100}
    />
  );
}

function HierarchyField({ value, onChange }: FieldProps<ReportFilters['hierarchy']>) {
  const { data } = useQuery(hierarchyQuery);
  return (
    <HierarchySelect
      inlineLabel="Agent hierarchy"
      none="Any"
      value={value?.id ?? ''}
      onChange={(id) => {
        const group = data?.Groups.find((each) => each.Id === id);
        onChange(group ? { level: group.Level, id } : null);
      }}
    />
  );
}

function PhonesField({ value, onChange }: FieldProps<readonly string[]>) {
  const [typed, setTyped] = useState(value.join(', '));
  return (
    <FormField label="Phone number" constraintText="Of your contact centre, as in +12025550190; several with commas">
      <Input
        value={typed}
        placeholder="Any"
        autoComplete={false}
        onChange={({ detail }) => {
          const text = detail.value.slice(0, 2000);
          setTyped(text);
          onChange([...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))].slice(0, mostFilterValues));
        }}
      />
    </FormField>
  );
}
