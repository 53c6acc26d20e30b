import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../../api/errors.ts';
import type { UserRow, UserSearch } from '../../api/types.ts';
import { dismissFlash, flash, updateFlash } from '../../components/flashes.ts';
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
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const download = async () => {
    setRunning(true);
    abort.current = new AbortController();
    const { signal } = abort.current;
    try {
      const chosen = selection.kind === 'USERS' && selection.users.size > 0;
      const users = chosen
        ? [...selection.users.values()]
        : await fetchWithProgress(selection.kind === 'SEARCH' ? selection.search : search, abort.current);
      saveFile(`users-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(users));
    } catch (error) {
      if (!signal.aborted) flash({ type: 'error', header: 'The CSV was not made', content: explain(error).message });
    } finally {
      setRunning(false);
    }
  };
  return (
    <Button
      iconName="download"
      loading={running}
      loadingText="Fetching the users"
      disabled={!total}
      disabledReason={total === 0 ? 'There is nobody to download.' : undefined}
      onClick={() => void download()}
    >
      Download CSV
    </Button>
  );
}

/** What takes longer than a moment says how far it is, and can be stopped. */
async function fetchWithProgress(search: UserSearch, abort: AbortController): Promise<UserRow[]> {
  const began = Date.now();
  let banner: string | null = null;
  try {
    return await fetchAllUsers(
      search,
      (done, total) => {
        if (done >= total || Date.now() - began < 1500) return;
        const content = `${formatNumber(done)} of ${countOf(total, 'user')} fetched.`;
        if (banner) updateFlash(banner, content);
        else banner = flash({ type: 'in-progress', header: 'Making the CSV', content, onStop: () => abort.abort() });
      },
      abort.signal,
    );
  } finally {
    if (banner) dismissFlash(banner);
  }
}
