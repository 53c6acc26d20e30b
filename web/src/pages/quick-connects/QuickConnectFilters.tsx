import Checkbox from '@cloudscape-design/components/checkbox';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../api/session.ts';
import { userQuery } from '../../api/users.ts';
import { ListFilters } from '../../components/ListFilters.tsx';
import type { QuickConnectListState } from './quick-connect-list.tsx';
import { isType, quickConnectTypes } from './quick-connect-list-state.ts';

const any: SelectProps.Option = { value: '', label: 'Any' };
const types = Object.entries(quickConnectTypes).map(([value, label]) => ({ value, label }));

export function QuickConnectFilters({ list }: { readonly list: QuickConnectListState }) {
  const { filter, changeFilter } = list;
  return (
    <ListFilters list={list} search={{ find: 'Find by name', findLabel: 'Find quick connects by name', longest: 127 }}>
      <Select
        inlineLabelText="Type"
        selectedOption={types.find(({ value }) => value === filter.type) ?? any}
        options={[any, ...types]}
        onChange={({ detail }) => {
          const type = detail.selectedOption.value ?? '';
          changeFilter({ type: isType(type) ? type : null });
        }}
      />
      <div className="filter-checkbox">
        <Checkbox checked={filter.orphaned} onChange={({ detail }) => changeFilter({ orphaned: detail.checked })}>
          Orphaned only
        </Checkbox>
      </div>
      {filter.userId !== '' && <OfUser userId={filter.userId} onClear={() => changeFilter({ userId: '' })} />}
    </ListFilters>
  );
}

/** Set by a link of a user; it can only be taken away here. */
function OfUser({ userId, onClear }: { readonly userId: string; readonly onClear: () => void }) {
  const may = useMay()('Users.View');
  const { data: user } = useQuery({ ...userQuery(userId), enabled: may });
  return (
    <div className="filter-checkbox">
      <Checkbox checked onChange={onClear}>{`Only to ${user?.Username ?? 'one user'}`}</Checkbox>
    </div>
  );
}
