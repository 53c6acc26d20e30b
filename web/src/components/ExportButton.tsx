import type { ServerFile } from '../api/client.ts';
import { DownloadButton } from './DownloadButton.tsx';
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
  const { declaration, selection, state, rows, query } = list;
  const nothing = query.data !== undefined && rows.length === 0;
  return (
    <DownloadButton
      loadingText={`Fetching the ${declaration.many}`}
      disabled={rows.length === 0}
      refusal={nothing ? 'There is nothing to download.' : undefined}
      file={(signal) => {
        const chosen = selection.kind === 'ROWS' && selection.rows.size > 0 ? [...selection.rows.keys()] : null;
        return file(chosen, state, signal);
      }}
    />
  );
}
