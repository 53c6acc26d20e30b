import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { hierarchyQuery } from '../api/directory.ts';
import type { HierarchyNode } from '../api/types.ts';
import { selectLoading } from './select-loading.ts';

interface HierarchySelectProps {
  /** Empty: none. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly none: string;
  readonly inlineLabel?: string;
  readonly disabled?: boolean;
}

/** A hierarchy group of any level, found by any name of its path. */
export function HierarchySelect({ value, onChange, none, inlineLabel, disabled }: HierarchySelectProps) {
  const found = useQuery(hierarchyQuery);
  const { data } = found;
  const noneOption: SelectProps.Option = { value: '', label: none };
  const options = toOptions(data?.Groups ?? []);
  const chosen =
    value === ''
      ? noneOption
      : (options.find((option) => option.value === value) ?? { value, label: data ? 'Unknown group' : '…' });
  return (
    <Select
      selectedOption={chosen}
      options={[noneOption, ...options]}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      filteringType="auto"
      filteringAriaLabel="Find a hierarchy group"
      filteringPlaceholder="Find a group"
      {...selectLoading([found])}
      empty="This instance has no hierarchy groups."
      noMatch="No group matches."
      virtualScroll={options.length > 100}
      disabled={disabled}
      {...(inlineLabel === undefined ? {} : { inlineLabelText: inlineLabel })}
    />
  );
}

/** In the order of the tree; the groups above stand below the name. */
export function toOptions(groups: readonly HierarchyNode[]) {
  return [...groups]
    .sort((a, b) => a.Path.localeCompare(b.Path))
    .map(({ Id, Name, Path, Level }) => {
      const above = Path.slice(0, Math.max(0, Path.length - Name.length)).replace(/ \/ $/, '');
      return { value: Id, label: Name, description: above === '' ? `Level ${Level}` : above, filteringTags: [Path] };
    });
}
