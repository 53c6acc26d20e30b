import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hierarchyQuery } from '../../api/directory.ts';
import { AgentsSelect } from '../../components/AgentsSelect.tsx';
import { channels } from '../../components/channels.ts';
import { DirectoriesFilter } from '../../components/DirectoriesFilter.tsx';
import { HierarchyGroupsFilter } from '../../components/HierarchyGroupsFilter.tsx';
import type { SettingsFields } from './RangeFields.tsx';
import { mostFilterValues, type ReportFilters } from './report-settings.ts';

/** Of whom and what; nothing chosen is everything. */
export function FilterFields({ draft, change }: SettingsFields) {
  const { filters } = draft;
  const set = (next: Partial<ReportFilters>) => change({ filters: { ...filters, ...next } });
  const channelOptions = Object.entries(channels).map(([value, label]) => ({ value, label }));
  return (
    <>
      <AgentsSelect value={filters.agents} most={mostFilterValues} onChange={(agents) => set({ agents })} />
      <DirectoriesFilter of="queue" value={filters.queues} onChange={(queues) => set({ queues })} />
      <DirectoriesFilter of="routingProfile" value={filters.profiles} onChange={(profiles) => set({ profiles })} />
      <HierarchyField value={filters.hierarchy} onChange={(hierarchy) => set({ hierarchy })} />
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

function HierarchyField({ value, onChange }: FieldProps<ReportFilters['hierarchy']>) {
  const { data } = useQuery(hierarchyQuery);
  return (
    <HierarchyGroupsFilter
      oneLevel
      value={value?.ids ?? []}
      most={mostFilterValues}
      onChange={(ids) => {
        const level = data?.Groups.find((each) => each.Id === ids[0])?.Level ?? value?.level;
        onChange(level !== undefined && ids.length > 0 ? { level, ids } : null);
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
