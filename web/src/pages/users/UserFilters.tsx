import Button from '@cloudscape-design/components/button';
import TextFilter from '@cloudscape-design/components/text-filter';
import { routingProfilesQuery, securityProfilesQuery } from '../../api/directory.ts';
import { DirectorySelect } from '../../components/DirectorySelect.tsx';
import { FilterBar } from '../../components/FilterBar.tsx';
import { HierarchySelect } from '../../components/HierarchySelect.tsx';
import { useDebounced } from '../../components/use-debounced.ts';
import { countOf } from '../../components/words.ts';
import { TagSelect } from './TagSelect.tsx';
import { isFiltered, noFilter, searchLength, type UserFilter } from './user-list-state.ts';

interface UserFiltersProps {
  readonly filter: UserFilter;
  /** How many match; undefined while it is not known. */
  readonly matches: number | undefined;
  /** The first letters and each choice add a step to go back to; what is typed after them replaces it. */
  readonly onChange: (change: Partial<UserFilter>, options?: { replace?: boolean }) => void;
}

export function UserFilters({ filter, matches, onChange }: UserFiltersProps) {
  const [typed, setTyped] = useDebounced(filter.q, (q) => onChange({ q }, { replace: filter.q !== '' }));
  const { routingProfileId, securityProfileId, hierarchyGroupId, tag } = filter;
  const filtered = isFiltered(filter) || typed !== '';
  return (
    <FilterBar
      set={[routingProfileId, securityProfileId, hierarchyGroupId, tag].filter(Boolean).length}
      clear={
        <Button
          disabled={!filtered}
          disabledReason="Nothing is filtered."
          onClick={() => {
            setTyped('');
            onChange(noFilter);
          }}
        >
          Clear filters
        </Button>
      }
      search={
        <TextFilter
          filteringText={typed}
          filteringPlaceholder="Find by login or name"
          filteringAriaLabel="Find users by login or name"
          filteringClearAriaLabel="Clear"
          onChange={({ detail }) => setTyped(detail.filteringText.slice(0, searchLength.max))}
          countText={countText(typed, matches, isFiltered(filter))}
        />
      }
    >
      <DirectorySelect
        inlineLabel="Routing profile"
        query={routingProfilesQuery}
        none="Any"
        value={routingProfileId}
        onChange={(id) => onChange({ routingProfileId: id })}
      />
      <DirectorySelect
        inlineLabel="Security profile"
        query={securityProfilesQuery}
        none="Any"
        value={securityProfileId}
        onChange={(id) => onChange({ securityProfileId: id })}
      />
      <HierarchySelect
        inlineLabel="Agent hierarchy"
        none="Any"
        value={hierarchyGroupId}
        onChange={(id) => onChange({ hierarchyGroupId: id })}
      />
      <TagSelect value={tag} onChange={(chosen) => onChange({ tag: chosen })} />
    </FilterBar>
  );
}

function countText(typed: string, matches: number | undefined, filtered: boolean): string {
  if (typed.trim().length === 1) return `Type at least ${searchLength.min} letters`;
  return filtered && matches !== undefined ? countOf(matches, 'match', 'matches') : '';
}
