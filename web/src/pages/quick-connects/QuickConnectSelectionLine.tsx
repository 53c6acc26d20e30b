import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useMutation } from '@tanstack/react-query';
import { explain } from '../../api/errors.ts';
import { searchQuickConnects } from '../../api/quick-connects.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { flash } from '../../components/flashes.ts';
import { countOf, formatNumber } from '../../components/words.ts';

interface QuickConnectSelectionLineProps {
  readonly chosen: readonly QuickConnectRow[];
  readonly orphaned: number;
  readonly onSelect: (rows: readonly QuickConnectRow[]) => void;
  readonly onClear: () => void;
}

/** What is selected, and the offer of all that lead to nobody. Always there, so that ticking a row moves nothing. */
export function QuickConnectSelectionLine({ chosen, orphaned, onSelect, onClear }: QuickConnectSelectionLineProps) {
  const selectOrphaned = useMutation({
    mutationFn: fetchOrphaned,
    onSuccess: onSelect,
    onError: (error) =>
      flash({
        type: 'error',
        header: 'The orphaned quick connects were not selected',
        content: explain(error).message,
      }),
  });
  return (
    <div className="selection-line">
      <Box color={chosen.length > 0 ? 'inherit' : 'text-body-secondary'} display="inline">
        <span role="status">
          {chosen.length === 0 ? 'No quick connects selected' : `${countOf(chosen.length, 'quick connect')} selected.`}
        </span>
      </Box>
      {orphaned > 0 && (
        <Button variant="inline-link" loading={selectOrphaned.isPending} onClick={() => selectOrphaned.mutate()}>
          {`Select all ${formatNumber(orphaned)} orphaned`}
        </Button>
      )}
      {chosen.length > 0 && (
        <Button variant="inline-link" onClick={onClear}>
          Clear selection
        </Button>
      )}
    </div>
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
