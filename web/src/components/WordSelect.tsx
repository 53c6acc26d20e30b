import Select, { type SelectProps } from '@cloudscape-design/components/select';

interface WordSelectProps<T extends string> {
  readonly label: string;
  readonly words: Readonly<Record<T, string>>;
  readonly value: T | null;
  /** Whether there is a choice of none. */
  readonly any?: boolean;
  readonly onChange: (value: T | null) => void;
}

const anyOption: SelectProps.Option = { value: '', label: 'Any' };

/** A filter by one of a few words. */
export function WordSelect<T extends string>({ label, words, value, any = false, onChange }: WordSelectProps<T>) {
  const options = (Object.keys(words) as T[]).map((word) => ({ value: word, label: words[word] }));
  return (
    <Select
      inlineLabelText={label}
      selectedOption={options.find((option) => option.value === value) ?? anyOption}
      options={any ? [anyOption, ...options] : options}
      onChange={({ detail }) =>
        onChange(options.find((option) => option.value === detail.selectedOption.value)?.value ?? null)
      }
    />
  );
}
