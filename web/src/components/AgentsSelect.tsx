import Multiselect from '@cloudscape-design/components/multiselect';
import { useAgentOptions } from './use-agent-options.ts';

interface AgentsSelectProps {
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly most: number;
}

/** Any number of agents, deleted ones too. */
export function AgentsSelect({ value, onChange, most }: AgentsSelectProps) {
  const { select, optionOf, isKnown } = useAgentOptions(true);
  return (
    <Multiselect
      {...select}
      inlineLabelText="Agent"
      placeholder="Any"
      inlineTokens
      selectedOptions={value.map((id) => optionOf(id) ?? { value: id, label: isKnown ? 'Unknown agent' : '…' })}
      onChange={({ detail }) => onChange(detail.selectedOptions.flatMap((option) => option.value ?? []).slice(0, most))}
    />
  );
}
