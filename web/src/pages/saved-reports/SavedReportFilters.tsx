import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useMay } from '../../api/session.ts';
import { ListFilters } from '../../components/ListFilters.tsx';
import { useAgentOptions } from '../../components/use-agent-options.ts';
import type { SavedReportListState } from './saved-report-list.tsx';
import { savedReportStatuses, savedReportTypes } from './saved-report-list-state.ts';

const any: SelectProps.Option = { value: '', label: 'Any' };
const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const types = optionsOf(savedReportTypes);
const statuses = optionsOf(savedReportStatuses);
const scopes = [
  { value: '', label: 'Mine and published' },
  { value: 'all', label: 'All reports' },
];

export function SavedReportFilters({ list }: { readonly list: SavedReportListState }) {
  const { filter, changeFilter } = list;
  const may = useMay();
  const choosesScope = may('ReportsAdmin.View') && may('MetricsReports.View');
  return (
    <ListFilters list={list} search={{ find: 'Find by name', findLabel: 'Find saved reports by name', longest: 127 }}>
      {choosesScope && (
        <Select
          inlineLabelText="Show"
          selectedOption={scopes.find(({ value }) => (value === 'all') === filter.all) ?? null}
          options={scopes}
          onChange={({ detail }) => changeFilter({ all: detail.selectedOption.value === 'all' })}
        />
      )}
      <Select
        inlineLabelText="Type"
        selectedOption={types.find(({ value }) => value === filter.type) ?? any}
        options={[any, ...types]}
        onChange={({ detail }) => {
          const type = Object.keys(savedReportTypes).find((known) => known === detail.selectedOption.value);
          changeFilter({ type: (type ?? null) as typeof filter.type });
        }}
      />
      <Select
        inlineLabelText="Status"
        selectedOption={statuses.find(({ value }) => value === filter.status) ?? any}
        options={[any, ...statuses]}
        onChange={({ detail }) => {
          const status = Object.keys(savedReportStatuses).find((known) => known === detail.selectedOption.value);
          changeFilter({ status: (status ?? null) as typeof filter.status });
        }}
      />
      {may('ReportsAdmin.View') && may('Users.View') && may('AccessMetrics') && (
        <OwnerSelect value={filter.owner} onChange={(owner) => changeFilter({ owner })} />
      )}
    </ListFilters>
  );
}

function OwnerSelect({ value, onChange }: { readonly value: string; readonly onChange: (id: string) => void }) {
  const { select, optionOf } = useAgentOptions(true, 'No user matches.');
  return (
    <Select
      {...select}
      options={[any, ...select.options]}
      filteringAriaLabel="Find an owner"
      inlineLabelText="Owner"
      selectedOption={value === '' ? any : (optionOf(value) ?? { value, label: 'One user' })}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
    />
  );
}
