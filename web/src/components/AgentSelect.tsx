import Select from '@cloudscape-design/components/select';
import { useAgentOptions } from './use-agent-options.ts';

interface AgentSelectProps {
  /** Empty: nobody yet. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly withDeleted: boolean;
  /** Why somebody who is looked for is not offered. */
  readonly noMatch: string;
}

export function AgentSelect({ value, onChange, withDeleted, noMatch }: AgentSelectProps) {
  const { select, optionOf } = useAgentOptions(withDeleted, noMatch);
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
