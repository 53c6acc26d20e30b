import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ReactNode } from 'react';
import { type FilterCodec, type FilterCodecs, noFilterOf } from './list-state.ts';
import { useDebounced } from './use-debounced.ts';
import type { ResourceListState } from './use-resource-list.ts';
import { useNarrow, useTall } from './use-window.ts';
import { countOf } from './words.ts';

/** A list that is searched by text has a filter of this name. */
type WithText = { readonly q: FilterCodec<string> };

interface TextSearch {
  /** "Find by login or name"; and for who cannot see that it stands above users. */
  readonly find: string;
  readonly findLabel: string;
  readonly longest: number;
  /** The fewest letters that are searched for. */
  readonly shortest?: number;
}

interface ListFiltersProps<Row, Sort extends string, Codecs extends FilterCodecs> {
  readonly list: ResourceListState<Row, Sort, Codecs>;
  readonly search?: Codecs extends WithText ? TextSearch : never;
  /** What is never folded away: those of these names. */
  readonly first?: FiltersOf<Codecs>;
  /** What is folded away in every window. */
  readonly more?: FiltersOf<Codecs>;
  readonly children: ReactNode;
}

interface FiltersOf<Codecs> {
  readonly names: readonly (keyof Codecs)[];
  readonly fields: ReactNode;
}

/** The filters above a table. On a phone all but the search fold away, so that the rows are not a screen further down. */
export function ListFilters<Row, Sort extends string, Codecs extends FilterCodecs>(
  props: ListFiltersProps<Row, Sort, Codecs>,
) {
  const { list, search, first, more, children } = props;
  const shortest = search?.shortest ?? 1;
  const narrow = useNarrow();
  const tall = useTall();
  const { q, ...others } = list.filter;
  const text = String(q ?? '');
  const changeText = (next: string) =>
    // The first letters and each choice add a step to go back to; what is typed after them replaces it.
    list.changeFilter({ q: next } as Partial<typeof list.filter>, { replace: text !== '' });
  const [typed, setTyped] = useDebounced(text, changeText);
  const none: Readonly<Record<string, unknown>> = noFilterOf(list.declaration.shape);
  const set = Object.keys(others).filter((name) => others[name] !== none[name]);
  const folded = set.filter((name) => !first?.names.includes(name));
  const foldedAlways = set.filter((name) => more?.names.includes(name));
  const matches = list.query.isPlaceholderData ? undefined : list.total;
  const countText =
    typed.trim() !== '' && typed.trim().length < shortest
      ? `Type at least ${shortest} letters`
      : list.filtered && matches !== undefined
        ? countOf(matches, 'match', 'matches')
        : '';
  const clear = (
    <div className="filter-button">
      <Button
        disabled={set.length === 0 && text === '' && typed === ''}
        disabledReason="Nothing is filtered."
        onClick={() => {
          setTyped('');
          list.changeFilter(noFilterOf(list.declaration.shape));
        }}
      >
        Clear filters
      </Button>
    </div>
  );
  const searchBox = search && (
    <TextFilter
      filteringText={typed}
      filteringPlaceholder={search.find}
      filteringAriaLabel={search.findLabel}
      filteringClearAriaLabel="Clear"
      onChange={({ detail }) => setTyped(detail.filteringText.slice(0, search.longest))}
      countText={countText}
    />
  );
  if (!narrow && (tall || !more)) {
    return (
      <div className="filters">
        {searchBox ? <div className="filter-search">{searchBox}</div> : first?.fields}
        {clear}
        {searchBox && first?.fields}
        {children}
        {more && <Folded set={foldedAlways.length}>{more.fields}</Folded>}
      </div>
    );
  }
  return (
    <div className="filters">
      {searchBox}
      {first?.fields}
      <Folded set={folded.length}>
        {children}
        {more?.fields}
        {clear}
      </Folded>
    </div>
  );
}

function Folded({ set, children }: { readonly set: number; readonly children: ReactNode }) {
  return (
    <div className="filters-folded">
      <ExpandableSection headerText={set === 0 ? 'More filters' : `More filters (${set} set)`}>
        <div className="filters">{children}</div>
      </ExpandableSection>
    </div>
  );
}
