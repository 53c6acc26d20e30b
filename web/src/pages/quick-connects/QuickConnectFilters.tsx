import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../api/session.ts';
import { userQuery } from '../../api/users.ts';
import { FilterBar } from '../../components/FilterBar.tsx';
import { useDebounced } from '../../components/use-debounced.ts';
import { countOf } from '../../components/words.ts';
import {
  isQuickConnectFiltered,
  isType,
  noQuickConnectFilter,
  type QuickConnectFilter,
  quickConnectTypes,
} from './quick-connect-list-state.ts';

interface QuickConnectFiltersProps {
  readonly filter: QuickConnectFilter;
  /** How many match; undefined while it is not known. */
  readonly matches: number | undefined;
  readonly onChange: (change: Partial<QuickConnectFilter>, options?: { replace?: boolean }) => void;
}

export function QuickConnectFilters({ filter, matches, onChange }: QuickConnectFiltersProps) {
  const [typed, setTyped] = useDebounced(filter.q, (q) => onChange({ q }, { replace: filter.q !== '' }));
  const any: SelectProps.Option = { value: '', label: 'Any' };
  const types = Object.entries(quickConnectTypes).map(([value, label]) => ({ value, label }));
  const filtered = isQuickConnectFiltered(filter);
  return (
    <FilterBar
      set={[filter.type, filter.orphaned, filter.userId].filter(Boolean).length}
      clear={
        <Button
          disabled={!filtered && typed === ''}
          disabledReason="Nothing is filtered."
          onClick={() => {
            setTyped('');
            onChange(noQuickConnectFilter);
          }}
        >
          Clear filters
        </Button>
      }
      search={
        <TextFilter
          filteringText={typed}
          filteringPlaceholder="Find by name"
          filteringAriaLabel="Find quick connects by name"
          filteringClearAriaLabel="Clear"
          onChange={({ detail }) => setTyped(detail.filteringText.slice(0, 127))}
          countText={filtered && matches !== undefined ? countOf(matches, 'match', 'matches') : ''}
        />
      }
    >
      <Select
        inlineLabelText="Type"
        selectedOption={types.find(({ value }) => value === filter.type) ?? any}
        options={[any, ...types]}
        onChange={({ detail }) => {
          const type = detail.selectedOption.value ?? '';
          onChange({ type: isType(type) ? type : null });
        }}
      />
      <div className="filter-checkbox">
        <Checkbox checked={filter.orphaned} onChange={({ detail }) => onChange({ orphaned: detail.checked })}>
          Orphaned only
        </Checkbox>
      </div>
      {filter.userId !== '' && <OfUser userId={filter.userId} onClear={() => onChange({ userId: '' })} />}
    </FilterBar>
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
