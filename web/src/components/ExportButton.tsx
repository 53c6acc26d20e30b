import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import type { ServerFile } from '../api/client.ts';
import { explain } from '../api/errors.ts';
import { flash } from './flashes.ts';
import type { FilterCodecs, ListState } from './list-state.ts';
import type { ResourceListState } from './use-resource-list.ts';

interface ExportButtonProps<Row, Sort extends string, Codecs extends FilterCodecs> {
  readonly list: ResourceListState<Row, Sort, Codecs>;
  /** The file of these ids; null: of all that match the filter. */
  readonly file: (ids: string[] | null, state: ListState<Sort, Codecs>, signal: AbortSignal) => Promise<ServerFile>;
}

/** Saves the selected rows, or with none selected all that match the filter, as the server writes them. */
export function ExportButton<Row, Sort extends string, Codecs extends FilterCodecs>(
  props: ExportButtonProps<Row, Sort, Codecs>,
) {
  const { list, file } = props;
  const { declaration, selection, state, total } = list;
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const download = async () => {
    setRunning(true);
    const controller = new AbortController();
    abort.current = controller;
    try {
      const chosen = selection.kind === 'ROWS' && selection.rows.size > 0 ? [...selection.rows.keys()] : null;
      save(await file(chosen, state, controller.signal));
    } catch (error) {
      const { aborted } = controller.signal;
      if (!aborted) flash({ type: 'error', header: 'The CSV was not made', content: explain(error).message });
    } finally {
      setRunning(false);
    }
  };
  return (
    <Button
      iconName="download"
      loading={running}
      loadingText={`Fetching the ${declaration.many}`}
      disabled={!total}
      disabledReason={total === 0 ? 'There is nothing to download.' : undefined}
      onClick={() => void download()}
    >
      Download CSV
    </Button>
  );
}

function save({ name, content }: ServerFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
