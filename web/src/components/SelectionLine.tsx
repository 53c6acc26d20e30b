import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import type { FilterCodecs } from './list-state.ts';
import { nothing, offersAll, selectedCount, selectedOf } from './selection.ts';
import type { ResourceListState } from './use-resource-list.ts';
import { countOf, formatNumber } from './words.ts';

interface SelectionLineProps<Row, Sort extends string, Codecs extends FilterCodecs> {
  readonly list: ResourceListState<Row, Sort, Codecs>;
  readonly offersAll: boolean;
  readonly children: ReactNode;
}

/** What is selected, and the offer of everything that matches. Always there, so that ticking a row moves nothing. */
export function SelectionLine<Row, Sort extends string, Codecs extends FilterCodecs>(
  props: SelectionLineProps<Row, Sort, Codecs>,
) {
  const { list, children } = props;
  const { selection, rows, filter, query } = list;
  const { one, many, idOf } = list.declaration;
  const total = query.isPlaceholderData ? 0 : (list.total ?? 0);
  const count = selectedCount(selection);
  const elsewhere = count - selectedOf(selection, rows, idOf).length;
  const matching = list.filtered ? 'that match the filter' : 'of this instance';
  const text =
    selection.kind === 'ALL'
      ? `All ${countOf(count, one, many)} ${matching} are selected.`
      : count === 0
        ? `No ${many} selected`
        : `${countOf(count, one, many)} selected${elsewhere > 0 ? `, ${formatNumber(elsewhere)} of them not in sight` : ''}.`;
  return (
    <div className="selection-line">
      <Box color={count > 0 ? 'inherit' : 'text-body-secondary'} display="inline">
        <span role="status">{text}</span>
      </Box>
      {props.offersAll && offersAll(selection, rows, total, idOf) && (
        <Button variant="inline-link" onClick={() => list.select({ kind: 'ALL', filter, count: total })}>
          {`Select all ${formatNumber(total)} ${many} ${matching}`}
        </Button>
      )}
      {children}
      {count > 0 && (
        <Button variant="inline-link" onClick={() => list.select(nothing)}>
          Clear selection
        </Button>
      )}
    </div>
  );
}
