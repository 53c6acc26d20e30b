import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { ReactNode } from 'react';
import { useNarrow } from './use-window.ts';

interface FilterBarProps {
  /** The search, always in sight. */
  readonly search: ReactNode;
  /** How many of the others are set. */
  readonly set: number;
  /** The button that takes all of them away. */
  readonly clear: ReactNode;
  readonly children: ReactNode;
}

/** The filters above a table. On a phone all but the search fold away, so that the rows are not a screen further down. */
export function FilterBar({ search, set, clear, children }: FilterBarProps) {
  const narrow = useNarrow();
  if (!narrow) {
    return (
      <div className="filters">
        <div className="filter-search">{search}</div>
        <div className="clear-filters">{clear}</div>
        {children}
      </div>
    );
  }
  return (
    <div className="filters">
      {search}
      <ExpandableSection headerText={set === 0 ? 'More filters' : `More filters (${set} set)`}>
        <div className="filters">
          {children}
          <div className="clear-filters">{clear}</div>
        </div>
      </ExpandableSection>
    </div>
  );
}
