import Button from '@cloudscape-design/components/button';
import { useMutation } from '@tanstack/react-query';
import { explain } from '../../api/errors.ts';
import { searchQuickConnects } from '../../api/quick-connects.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { flash } from '../../components/flashes.ts';
import { formatNumber } from '../../components/words.ts';
import type { QuickConnectListState } from './quick-connect-list.tsx';

/** The offer of all quick connects that lead to nobody, beside what is ticked already. */
export function SelectOrphaned({ list }: { readonly list: QuickConnectListState }) {
  const { selection, attention: orphaned } = list;
  const select = useMutation({
    mutationFn: fetchOrphaned,
    onSuccess: (added) => {
      const rows = new Map(selection.kind === 'ROWS' ? selection.rows : []);
      for (const row of added) rows.set(row.QuickConnectId, row);
      list.select({ kind: 'ROWS', rows });
    },
    onError: (error) =>
      flash({
        type: 'error',
        header: 'The orphaned quick connects were not selected',
        content: explain(error).message,
      }),
  });
  if (orphaned === 0) return null;
  return (
    <Button variant="inline-link" loading={select.isPending} onClick={() => select.mutate()}>
      {`Select all ${formatNumber(orphaned)} orphaned`}
    </Button>
  );
}

async function fetchOrphaned(): Promise<QuickConnectRow[]> {
  const rows: QuickConnectRow[] = [];
  for (;;) {
    const page = await searchQuickConnects({ Orphaned: true, StartIndex: rows.length, MaxResults: 500 });
    rows.push(...page.QuickConnects);
    if (page.QuickConnects.length === 0 || rows.length >= page.TotalCount) return rows;
  }
}
