import Multiselect from '@cloudscape-design/components/multiselect';
import { useAgentOptions } from './use-agent-options.ts';

interface AgentsSelectProps {
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly most: number;
}

/** Any number of agents, deleted ones too. */
export function AgentsSelect({ value, onChange, most }: AgentsSelectProps) {
  const { select, optionOf, isDeleted, isKnown } = useAgentOptions(true);
  const chosen = (id: string) => {
    const option = optionOf(id);
    if (!option) return { value: id, label: isKnown ? 'Unknown agent' : '…' };
    return isDeleted(id) ? { ...option, label: `${option.label} (deleted)` } : option;
  };
  return (
    <Multiselect
      {...select}
      inlineLabelText="Agent"
      placeholder="Any"
      inlineTokens
      selectedOptions={value.map(chosen)}
      onChange={({ detail }) => onChange(detail.selectedOptions.flatMap((option) => option.value ?? []).slice(0, most))}
    />
  );
}
