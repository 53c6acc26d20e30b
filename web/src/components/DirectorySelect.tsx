import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { Named } from '../api/types.ts';
import { selectLoading } from './select-loading.ts';

/** A list of the instance, as api/directory.ts has them. */
export type DirectoryQuery = Pick<
  UseQueryOptions<Named[], Error, Named[], string[]>,
  'queryKey' | 'queryFn' | 'staleTime'
>;

interface DirectorySelectProps {
  readonly query: DirectoryQuery;
  /** Empty: none. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  /** The choice of none; left out, something has to be chosen. */
  readonly none?: string;
  readonly placeholder?: string;
  readonly inlineLabel?: string;
  readonly disabled?: boolean;
  /** Of a value that the list does not hold (any more). */
  readonly unknown?: string;
}

/** One of the instance's routing profiles, queues, flows …, found by typing. */
export function DirectorySelect(props: DirectorySelectProps) {
  const { query, value, onChange, none, placeholder, inlineLabel, disabled, unknown = 'Unknown' } = props;
  const found = useQuery(query);
  const { data } = found;
  const noneOption: SelectProps.Option | null = none === undefined ? null : { value: '', label: none };
  const options: SelectProps.Option[] = (data ?? []).map(({ Id, Name }) => ({ value: Id, label: Name }));
  const chosen =
    value === ''
      ? noneOption
      : (options.find((option) => option.value === value) ?? { value, label: data ? unknown : '…' });
  return (
    <Select
      selectedOption={chosen}
      options={noneOption ? [noneOption, ...options] : options}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      filteringType={options.length > 8 ? 'auto' : 'none'}
      filteringAriaLabel={`Find in ${inlineLabel ?? 'the list'}`}
      {...selectLoading([found])}
      empty="There are none."
      noMatch="None matches."
      virtualScroll={options.length > 100}
      placeholder={placeholder}
      disabled={disabled}
      {...(inlineLabel === undefined ? {} : { inlineLabelText: inlineLabel })}
    />
  );
}
