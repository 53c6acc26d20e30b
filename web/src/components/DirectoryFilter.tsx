import { DirectorySelect } from './DirectorySelect.tsx';
import { directoryFilters, useMayFilterBy } from './directory-filters.ts';

interface DirectoryFilterProps {
  readonly of: 'queue' | 'routingProfile';
  /** Empty: any. */
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** One of them, or any; not there for who may not read them. */
export function DirectoryFilter({ of, value, onChange }: DirectoryFilterProps) {
  const { label, query } = directoryFilters[of];
  if (!useMayFilterBy(of)) return null;
  return <DirectorySelect inlineLabel={label} query={query} none="Any" value={value} onChange={onChange} />;
}
