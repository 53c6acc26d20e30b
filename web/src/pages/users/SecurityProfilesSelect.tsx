import Multiselect from '@cloudscape-design/components/multiselect';
import { useQuery } from '@tanstack/react-query';
import { securityProfilesQuery } from '../../api/directory.ts';
import { explain } from '../../api/errors.ts';

interface SecurityProfilesSelectProps {
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

export function SecurityProfilesSelect({ value, onChange }: SecurityProfilesSelectProps) {
  const { data, error, isPending, refetch } = useQuery(securityProfilesQuery);
  const options = (data ?? []).map(({ Id, Name }) => ({ value: Id, label: Name }));
  const chosen = value.map(
    (id) => options.find((option) => option.value === id) ?? { value: id, label: data ? 'Unknown profile' : '…' },
  );
  return (
    <Multiselect
      selectedOptions={chosen}
      options={options}
      onChange={({ detail }) => onChange(detail.selectedOptions.map((option) => option.value ?? ''))}
      onLoadItems={() => {
        if (error) void refetch();
      }}
      placeholder="Choose security profiles"
      filteringType={options.length > 8 ? 'auto' : 'none'}
      filteringAriaLabel="Find a security profile"
      deselectAriaLabel={(option) => `Remove ${option.label}`}
      statusType={error ? 'error' : isPending ? 'loading' : 'finished'}
      loadingText="Loading"
      errorText={error ? explain(error).message : undefined}
      recoveryText="Retry"
      empty="There are none."
      noMatch="None matches."
    />
  );
}
