import Button from '@cloudscape-design/components/button';
import TextFilter from '@cloudscape-design/components/text-filter';
import { routingProfilesQuery, securityProfilesQuery } from '../../api/directory.ts';
import { DirectorySelect } from '../../components/DirectorySelect.tsx';
import { HierarchySelect } from '../../components/HierarchySelect.tsx';
import { useDebounced } from '../../components/use-debounced.ts';
import { countOf } from '../../components/words.ts';
import { TagSelect } from './TagSelect.tsx';
import { isFiltered, noFilter, searchLength, type UserFilter } from './user-list-state.ts';

interface UserFiltersProps {
  readonly filter: UserFilter;
  /** How many match; undefined while it is not known. */
  readonly matches: number | undefined;
  /** Typing replaces the address, choosing adds a step to go back to. */
  readonly onChange: (change: Partial<UserFilter>, options?: { replace?: boolean }) => void;
}

export function UserFilters({ filter, matches, onChange }: UserFiltersProps) {
  const [typed, setTyped] = useDebounced(filter.q, (q) => onChange({ q }, { replace: true }));
  const filtered = isFiltered(filter) || typed !== '';
  return (
    <div className="filters">
      <TextFilter
        filteringText={typed}
        filteringPlaceholder="Find by login or name"
        filteringAriaLabel="Find users by login or name"
        filteringClearAriaLabel="Clear"
        onChange={({ detail }) => setTyped(detail.filteringText.slice(0, searchLength.max))}
        countText={countText(typed, matches, isFiltered(filter))}
      />
      <DirectorySelect
        inlineLabel="Routing profile"
        query={routingProfilesQuery}
        none="Any"
        value={filter.routingProfileId}
        onChange={(routingProfileId) => onChange({ routingProfileId })}
      />
      <DirectorySelect
        inlineLabel="Security profile"
        query={securityProfilesQuery}
        none="Any"
        value={filter.securityProfileId}
        onChange={(securityProfileId) => onChange({ securityProfileId })}
      />
      <HierarchySelect
        inlineLabel="Agent hierarchy"
        none="Any"
        value={filter.hierarchyGroupId}
        onChange={(hierarchyGroupId) => onChange({ hierarchyGroupId })}
      />
      <TagSelect value={filter.tag} onChange={(tag) => onChange({ tag })} />
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
    </div>
  );
}

function countText(typed: string, matches: number | undefined, filtered: boolean): string {
  if (typed.trim().length === 1) return `Type at least ${searchLength.min} letters`;
  return filtered && matches !== undefined ? countOf(matches, 'match', 'matches') : '';
}
