import Link from '@cloudscape-design/components/link';
import { createContext, use } from 'react';
import { TimeText } from '../../components/TimeText.tsx';
import { formatTime } from '../../components/words.ts';
import { changeTitle, type HistoricalChange } from './change-words.ts';

/** Opens the values of a change beside the list. */
export const OpenChange = createContext<(change: HistoricalChange) => void>(() => {});

export function ChangeLink({ change }: { readonly change: HistoricalChange }) {
  const open = use(OpenChange);
  return (
    <Link ariaLabel={`${formatTime(change.Time)}, ${changeTitle(change)}`} onFollow={() => open(change)}>
      <TimeText seconds={change.Time} />
    </Link>
  );
}
