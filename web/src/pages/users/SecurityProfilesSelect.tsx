import { securityProfilesQuery } from '../../api/directory.ts';
import { DirectoryMultiselect } from '../../components/DirectoryMultiselect.tsx';

interface SecurityProfilesSelectProps {
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

export function SecurityProfilesSelect({ value, onChange }: SecurityProfilesSelectProps) {
  return (
    <DirectoryMultiselect
      query={securityProfilesQuery}
      value={value}
      onChange={onChange}
      one="security profile"
      placeholder="Choose security profiles"
    />
  );
}
