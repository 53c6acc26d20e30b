import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { tagKeysQuery } from '../../api/directory.ts';
import { selectLoading } from '../../components/select-loading.ts';
import { readTag, type TagFilter, writeTag } from './user-list-state.ts';

const any: SelectProps.Option = { value: '', label: 'Any' };
const labelOf = ({ key, value }: TagFilter) =>
  value === null ? `${key}: any value` : `${key}: ${value === '' ? 'empty' : value}`;
const optionOf = (tag: TagFilter): SelectProps.Option => ({ value: writeTag(tag), label: labelOf(tag) });

interface TagSelectProps {
  readonly value: TagFilter | null;
  readonly onChange: (tag: TagFilter | null) => void;
}

/** The tags that users carry: a key with any value, or one of its values. */
export function TagSelect({ value, onChange }: TagSelectProps) {
  const found = useQuery(tagKeysQuery);
  const { data = [] } = found;
  const options: SelectProps.Options = [
    any,
    ...data.map(({ Key, Values }) => ({
      label: Key,
      options: [optionOf({ key: Key, value: null }), ...Values.map((text) => optionOf({ key: Key, value: text }))],
    })),
  ];
  return (
    <Select
      inlineLabelText="Tag"
      selectedOption={value ? optionOf(value) : any}
      options={options}
      onChange={({ detail }) => onChange(readTag(detail.selectedOption.value ?? ''))}
      filteringType="auto"
      filteringAriaLabel="Find a tag"
      filteringPlaceholder="Find a tag"
      {...selectLoading([found])}
      noMatch="No tag matches."
    />
  );
}
