import Input from '@cloudscape-design/components/input';
import { useDebounced } from './use-debounced.ts';

interface TextInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A filter by text, told after a pause. */
export function TextInput({ label, placeholder, value, onChange }: TextInputProps) {
  const [typed, setTyped] = useDebounced(value, onChange);
  return (
    <Input
      inlineLabelText={label}
      placeholder={placeholder}
      autoComplete={false}
      value={typed}
      onChange={({ detail }) => setTyped(detail.value)}
    />
  );
}
