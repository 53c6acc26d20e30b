import Multiselect from '@cloudscape-design/components/multiselect';
import { useQuery } from '@tanstack/react-query';
import type { DirectoryQuery } from './DirectorySelect.tsx';
import { selectLoading } from './select-loading.ts';

interface DirectoryMultiselectProps {
  readonly query: DirectoryQuery;
  readonly value: readonly string[];
  readonly onChange: (ids: string[]) => void;
  /** What one of them is: "queue". */
  readonly one: string;
  readonly placeholder: string;
  readonly inlineLabel?: string;
  readonly disabled?: boolean;
}

/** Any number of the instance's security profiles, queues …, found by typing. */
export function DirectoryMultiselect(props: DirectoryMultiselectProps) {
  const { query, value, onChange, one, placeholder, inlineLabel, disabled } = props;
  const found = useQuery(query);
  const options = (found.data ?? []).map(({ Id, Name }) => ({ value: Id, label: Name }));
  const known = new Map(options.map((option) => [option.value, option]));
  return (
    <Multiselect
      selectedOptions={value.map((id) => known.get(id) ?? { value: id, label: found.data ? `Unknown ${one}` : '…' })}
      options={options}
      onChange={({ detail }) => onChange(detail.selectedOptions.flatMap((option) => option.value ?? []))}
      placeholder={placeholder}
      disabled={disabled}
      filteringType={options.length > 8 ? 'auto' : 'none'}
      filteringAriaLabel={`Find a ${one}`}
      deselectAriaLabel={(option) => `Remove ${option.label}`}
      {...selectLoading([found])}
      empty="There are none."
      noMatch="None matches."
      virtualScroll={options.length > 100}
      {...(inlineLabel === undefined ? {} : { inlineLabelText: inlineLabel, inlineTokens: true })}
    />
  );
}
