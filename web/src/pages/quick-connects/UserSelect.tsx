import Select from '@cloudscape-design/components/select';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { explain } from '../../api/errors.ts';
import { useDebounced } from '../../components/use-debounced.ts';
import { noFilter, searchLength, toSearch } from '../users/user-list-state.ts';

export interface ChosenUser {
  readonly id: string;
  readonly label: string;
}

const foundQuery = (text: string) =>
  queryOptions({
    queryKey: ['found-users', text],
    queryFn: async ({ signal }) =>
      (await call('SearchUsers', { MaxResults: 50, ...toSearch({ ...noFilter, q: text }) }, { signal })).Users ?? [],
    staleTime: 30_000,
  });

interface UserSelectProps {
  readonly value: ChosenUser | null;
  readonly onChange: (user: ChosenUser) => void;
}

/** A user of the instance, found by login or name as it is typed. */
export function UserSelect({ value, onChange }: UserSelectProps) {
  const [text, setText] = useState('');
  const [, setTyped] = useDebounced(text, setText);
  const {
    data = [],
    error,
    isFetching,
    refetch,
  } = useQuery({
    ...foundQuery(text.trim().length < searchLength.min ? '' : text.trim()),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      selectedOption={value ? { value: value.id, label: value.label } : null}
      options={data.map((user) => ({
        value: user.Id ?? '',
        label: user.Username ?? '',
        description: `${user.IdentityInfo?.FirstName ?? ''} ${user.IdentityInfo?.LastName ?? ''}`.trim(),
      }))}
      onChange={({ detail }) =>
        onChange({ id: detail.selectedOption.value ?? '', label: detail.selectedOption.label ?? '' })
      }
      onLoadItems={({ detail }) => {
        setTyped(detail.filteringText.slice(0, searchLength.max));
        if (error) void refetch();
      }}
      filteringType="manual"
      filteringPlaceholder="Find by login or name"
      filteringAriaLabel="Find a user by login or name"
      placeholder="Choose a user"
      statusType={error ? 'error' : isFetching ? 'loading' : 'finished'}
      loadingText="Finding users"
      errorText={error ? explain(error).message : undefined}
      recoveryText="Retry"
      empty="No user matches."
      finishedText={data.length === 50 ? 'Type more of the login or name to see others.' : undefined}
    />
  );
}
