import Multiselect from '@cloudscape-design/components/multiselect';
import { useQuery } from '@tanstack/react-query';
import { hierarchyQuery } from '../api/directory.ts';
import { directoryFilters, useMayFilterBy } from './directory-filters.ts';
import { toOptions } from './HierarchySelect.tsx';
import { selectLoading } from './select-loading.ts';

interface HierarchyGroupsFilterProps {
  /** None: any. */
  readonly value: readonly string[];
  readonly onChange: (ids: string[]) => void;
  readonly most: number;
  /** Those of one level only: of several levels, only what lies below all would be left. */
  readonly oneLevel?: boolean;
}

/** Hierarchy groups of any level, with what is below them; not there for who may not read them. */
export function HierarchyGroupsFilter({ value, onChange, most, oneLevel = false }: HierarchyGroupsFilterProps) {
  const may = useMayFilterBy('hierarchy');
  const found = useQuery({ ...hierarchyQuery, enabled: may });
  if (!may) return null;
  const groups = found.data?.Groups ?? [];
  const level = groups.find(({ Id }) => Id === value[0])?.Level;
  const levels = new Map(groups.map(({ Id, Level }) => [Id, Level]));
  const options = toOptions(groups).map((option) =>
    oneLevel && level !== undefined && levels.get(option.value) !== level
      ? { ...option, disabled: true, disabledReason: `Choose groups of one level; the first is of level ${level}.` }
      : option,
  );
  const known = new Map(options.map((option) => [option.value, option]));
  return (
    <Multiselect
      inlineLabelText={directoryFilters.hierarchy.label}
      inlineTokens
      placeholder="Any"
      selectedOptions={value.map((id) => known.get(id) ?? { value: id, label: found.data ? 'Unknown group' : '…' })}
      options={options}
      onChange={({ detail }) => onChange(detail.selectedOptions.flatMap((option) => option.value ?? []).slice(0, most))}
      filteringType="auto"
      filteringAriaLabel="Find a hierarchy group"
      filteringPlaceholder="Find a group"
      deselectAriaLabel={(option) => `Remove ${option.label}`}
      {...selectLoading([found])}
      empty="This instance has no hierarchy groups."
      noMatch="No group matches."
      virtualScroll={options.length > 100}
    />
  );
}
