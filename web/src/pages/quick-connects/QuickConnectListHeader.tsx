import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMay } from '../../api/session.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { RouterButton } from '../../components/RouterButton.tsx';
import { formatNumber } from '../../components/words.ts';
import { newQuickConnectPath, quickConnectPath } from '../../routes/paths.ts';

interface QuickConnectListHeaderProps {
  readonly chosen: readonly QuickConnectRow[];
  readonly total: number | undefined;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
  readonly onDelete: () => void;
  readonly onRepoint: () => void;
}

export function QuickConnectListHeader(props: QuickConnectListHeaderProps) {
  const { chosen, total, isFetching, onRefresh, onDelete, onRepoint } = props;
  const may = useMay();
  const count = chosen.length;
  const noDelete = may('TransferDestinations.Delete')
    ? count === 0
      ? 'Select one or more quick connects first.'
      : undefined
    : 'You need the permission Quick connects – Delete.';
  const noChange = may('TransferDestinations.Edit') ? undefined : 'You need the permission Quick connects – Edit.';
  const noEdit =
    noChange ?? (count === 1 ? undefined : count === 0 ? 'Select a quick connect first.' : 'Select a single one.');
  const noRepoint = noChange ?? repointRefusal(chosen);
  const noCreate = may('TransferDestinations.Create') ? undefined : 'You need the permission Quick connects – Create.';
  return (
    <Header
      variant="awsui-h1-sticky"
      counter={
        total === undefined ? undefined : `(${count > 0 ? `${formatNumber(count)}/` : ''}${formatNumber(total)})`
      }
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="refresh" ariaLabel="Refresh" loading={isFetching} onClick={onRefresh} />
          <Button disabled={Boolean(noDelete)} disabledReason={noDelete} onClick={onDelete}>
            Delete
          </Button>
          <Button disabled={Boolean(noRepoint)} disabledReason={noRepoint} onClick={onRepoint}>
            Change user
          </Button>
          <RouterButton
            href={quickConnectPath(chosen[0]?.QuickConnectId ?? '')}
            disabled={Boolean(noEdit)}
            disabledReason={noEdit}
          >
            Edit
          </RouterButton>
          <RouterButton
            variant="primary"
            href={newQuickConnectPath}
            disabled={Boolean(noCreate)}
            disabledReason={noCreate}
          >
            Add new
          </RouterButton>
        </SpaceBetween>
      }
    >
      Quick connects
    </Header>
  );
}

function repointRefusal(chosen: readonly QuickConnectRow[]): string | undefined {
  if (chosen.length === 0) return 'Select one or more quick connects of the type User first.';
  if (chosen.some((row) => row.QuickConnectType !== 'USER'))
    return 'Only quick connects of the type User lead to a user.';
  return chosen.length > 100 ? 'Select 100 at most.' : undefined;
}
