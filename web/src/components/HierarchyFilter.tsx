import { directoryFilters, useMayFilterBy } from './directory-filters.ts';
import { HierarchySelect } from './HierarchySelect.tsx';

interface HierarchyFilterProps {
  /** Empty: any. */
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** A hierarchy group, or any; not there for who may not read them. */
export function HierarchyFilter({ value, onChange }: HierarchyFilterProps) {
  if (!useMayFilterBy('hierarchy')) return null;
  return (
    <HierarchySelect inlineLabel={directoryFilters.hierarchy.label} none="Any" value={value} onChange={onChange} />
  );
}
