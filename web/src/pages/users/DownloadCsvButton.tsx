import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../../api/errors.ts';
import type { UserSearch } from '../../api/types.ts';
import { flash } from '../../components/flashes.ts';
import { countOf, formatNumber } from '../../components/words.ts';
import { fetchAllUsers, saveFile, toCsv } from './user-csv.ts';
import type { UserSelection } from './user-selection.ts';

interface DownloadCsvButtonProps {
  readonly selection: UserSelection;
  readonly search: UserSearch;
  readonly total: number | undefined;
}

/** Saves the selected users, or with none selected all that match the filter. */
export function DownloadCsvButton({ selection, search, total }: DownloadCsvButtonProps) {
  const [progress, setProgress] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const download = async () => {
    running.current = new AbortController();
    setProgress('Fetching the users');
    try {
      const chosen = selection.kind === 'USERS' && selection.users.size > 0;
      const users = chosen
        ? [...selection.users.values()]
        : await fetchAllUsers(
            selection.kind === 'SEARCH' ? selection.search : search,
            (done, all) => setProgress(`${formatNumber(done)} of ${countOf(all, 'user')} fetched`),
            running.current.signal,
          );
      saveFile(`users-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(users));
    } catch (error) {
      if (running.current.signal.aborted) return;
      flash({ type: 'error', header: 'The CSV was not made', content: explain(error).message });
    } finally {
      setProgress(null);
    }
  };
  return (
    <Button
      iconName="download"
      loading={progress !== null}
      loadingText={progress ?? undefined}
      disabled={!total}
      disabledReason={total === 0 ? 'There is nobody to download.' : undefined}
      onClick={() => void download()}
    >
      Download CSV
    </Button>
  );
}
