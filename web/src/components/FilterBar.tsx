import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { ReactNode } from 'react';
import { useNarrow } from './use-narrow.ts';

interface FilterBarProps {
  /** The search, always in sight. */
  readonly search: ReactNode;
  /** How many of the others are set. */
  readonly set: number;
  readonly children: ReactNode;
}

/** The filters above a table. On a phone all but the search fold away, so that the rows are not a screen further down. */
export function FilterBar({ search, set, children }: FilterBarProps) {
  const narrow = useNarrow();
  if (!narrow) {
    return (
      <div className="filters">
        {search}
        {children}
      </div>
    );
  }
  return (
    <div className="filters">
      {search}
      <ExpandableSection headerText={set === 0 ? 'More filters' : `More filters (${set} set)`}>
        <div className="filters">{children}</div>
      </ExpandableSection>
    </div>
  );
}
