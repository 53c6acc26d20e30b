import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { UserRow, UserSearch } from '../../api/types.ts';
import { countOf, formatNumber } from '../../components/words.ts';
import { nobody, offersAll, selectedCount, setUserSelection, type UserSelection } from './user-selection.ts';

interface SelectionLineProps {
  readonly selection: UserSelection;
  readonly rows: readonly UserRow[];
  readonly total: number | undefined;
  readonly search: UserSearch;
  readonly filtered: boolean;
}

/** What is selected, and the offer of everybody who matches. Always there, so that ticking a row moves nothing. */
export function SelectionLine({ selection, rows, total = 0, search, filtered }: SelectionLineProps) {
  const count = selectedCount(selection);
  const here = selection.kind === 'USERS' ? rows.filter((row) => selection.users.has(row.Id)).length : count;
  const matching = filtered ? 'that match the filter' : 'of this instance';
  return (
    <div className="selection-line">
      <Box color={count > 0 ? 'inherit' : 'text-body-secondary'} display="inline">
        <span role="status">
          {selection.kind === 'SEARCH'
            ? `All ${countOf(count, 'user')} ${matching} are selected.`
            : selectionText(count, count - here)}
        </span>
      </Box>
      {offersAll(selection, rows, total) && (
        <Button variant="inline-link" onClick={() => setUserSelection({ kind: 'SEARCH', search, count: total })}>
          {`Select all ${formatNumber(total)} users ${matching}`}
        </Button>
      )}
      {count > 0 && (
        <Button variant="inline-link" onClick={() => setUserSelection(nobody)}>
          Clear selection
        </Button>
      )}
    </div>
  );
}

function selectionText(count: number, elsewhere: number): string {
  if (count === 0) return 'No users selected';
  return `${countOf(count, 'user')} selected${elsewhere > 0 ? `, ${formatNumber(elsewhere)} of them not in sight` : ''}.`;
}
