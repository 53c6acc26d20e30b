import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../api/errors.ts';
import { type Csv, saveFile, toCsv } from './csv.ts';
import { dismissFlash, flash, updateFlash } from './flashes.ts';
import type { FilterCodecs, ListState } from './list-state.ts';
import type { ListDeclaration, ResourceListState } from './use-resource-list.ts';
import { countOf, formatNumber } from './words.ts';

interface ExportButtonProps<Row, Sort extends string, Codecs extends FilterCodecs> {
  readonly list: ResourceListState<Row, Sort, Codecs>;
  readonly csv: Csv<Row>;
}

/** Saves the selected rows, or with none selected all that match the filter. */
export function ExportButton<Row, Sort extends string, Codecs extends FilterCodecs>(
  props: ExportButtonProps<Row, Sort, Codecs>,
) {
  const { list, csv } = props;
  const { declaration, selection, state, total } = list;
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const download = async () => {
    setRunning(true);
    const controller = new AbortController();
    abort.current = controller;
    try {
      const chosen = selection.kind === 'ROWS' && selection.rows.size > 0;
      const rows = chosen ? [...selection.rows.values()] : await loadWithProgress(declaration, state, controller);
      saveFile(`${declaration.key}-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(csv, rows));
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

/** What takes longer than a moment says how far it is, and can be stopped. */
async function loadWithProgress<Row, Sort extends string, Codecs extends FilterCodecs>(
  declaration: ListDeclaration<Row, Sort, Codecs>,
  state: ListState<Sort, Codecs>,
  abort: AbortController,
): Promise<Row[]> {
  const began = Date.now();
  let banner: string | null = null;
  try {
    return await loadAll(
      declaration,
      state,
      (done, total) => {
        if (done >= total || Date.now() - began < 1500) return;
        const content = `${formatNumber(done)} of ${countOf(total, declaration.one, declaration.many)} fetched.`;
        if (banner) updateFlash(banner, content);
        else banner = flash({ type: 'in-progress', header: 'Making the CSV', content, onStop: () => abort.abort() });
      },
      abort.signal,
    );
  } finally {
    if (banner) dismissFlash(banner);
  }
}

/** As many as the server gives at a time. */
const size = 500;

/** Everything that a filter lets through, in the plain order, fetched page by page. */
export async function loadAll<Row, Sort extends string, Codecs extends FilterCodecs>(
  { load, idOf, shape }: Pick<ListDeclaration<Row, Sort, Codecs>, 'load' | 'idOf' | 'shape'>,
  state: ListState<Sort, Codecs>,
  onProgress: (fetched: number, total: number) => void,
  signal: AbortSignal,
): Promise<Row[]> {
  // By id as well as by position: a row deleted meanwhile moves the rest up, and one created moves it down.
  const rows = new Map<string, Row>();
  const [sort = state.sort] = shape.sorts;
  for (let page = 1, seen = 0, total = 1; seen < total; page += 1) {
    const answer = await load({ ...state, sort, descending: false, size, page }, { signal });
    for (const row of answer.rows) rows.set(idOf(row), row);
    if (answer.rows.length === 0) break;
    total = answer.total ?? 0;
    seen += answer.rows.length;
    onProgress(rows.size, total);
  }
  return [...rows.values()];
}
