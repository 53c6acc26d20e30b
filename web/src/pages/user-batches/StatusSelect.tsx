import Select, { type SelectProps } from '@cloudscape-design/components/select';

interface StatusSelectProps<S extends string> {
  readonly words: Readonly<Record<S, { readonly text: string }>>;
  readonly value: S | null;
  readonly onChange: (status: S | null) => void;
}

export function StatusSelect<S extends string>({ words, value, onChange }: StatusSelectProps<S>) {
  const statuses = Object.keys(words) as S[];
  const all: SelectProps.Option = { value: '', label: 'All' };
  const options = statuses.map((status) => ({ value: status, label: words[status].text }));
  return (
    <div className="narrow-filter">
      <Select
        inlineLabelText="Status"
        selectedOption={options.find((option) => option.value === value) ?? all}
        options={[all, ...options]}
        onChange={({ detail }) => onChange(statuses.find((status) => status === detail.selectedOption.value) ?? null)}
      />
    </div>
  );
}
