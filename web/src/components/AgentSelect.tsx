import Select from '@cloudscape-design/components/select';
import { useAgentOptions } from './use-agent-options.ts';

interface AgentSelectProps {
  /** Empty: nobody yet. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly withDeleted: boolean;
}

export function AgentSelect({ value, onChange, withDeleted }: AgentSelectProps) {
  const { select, optionOf } = useAgentOptions(withDeleted);
  return (
    <Select
      {...select}
      inlineLabelText="Agent"
      placeholder="Choose an agent"
      selectedOption={optionOf(value) ?? null}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
    />
  );
}
