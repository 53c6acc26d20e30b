import { DirectoryMultiselect } from './DirectoryMultiselect.tsx';
import { directoryFilters, useMayFilterBy } from './directory-filters.ts';

interface DirectoriesFilterProps {
  readonly of: 'queue' | 'routingProfile';
  /** None: any. */
  readonly value: readonly string[];
  readonly onChange: (ids: string[]) => void;
}

/** Some of them, or any; not there for who may not read them. */
export function DirectoriesFilter({ of, value, onChange }: DirectoriesFilterProps) {
  const { label, query } = directoryFilters[of];
  if (!useMayFilterBy(of)) return null;
  return (
    <DirectoryMultiselect
      inlineLabel={label}
      query={query}
      value={value}
      onChange={onChange}
      one={label.toLowerCase()}
      placeholder="Any"
    />
  );
}
