import Button from '@cloudscape-design/components/button';
import { useRefusal } from '../../api/session.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { RouterButton } from '../../components/RouterButton.tsx';

interface QuickConnectListActionsProps {
  readonly chosen: readonly QuickConnectRow[];
  readonly onDelete: () => void;
  readonly onRepoint: () => void;
}

export function QuickConnectListActions({ chosen, onDelete, onRepoint }: QuickConnectListActionsProps) {
  const refusal = useRefusal();
  const count = chosen.length;
  const noDelete =
    refusal('TransferDestinations.Delete') ?? (count === 0 ? 'Select one or more quick connects first.' : undefined);
  const noChange = refusal('TransferDestinations.Edit');
  const noEdit =
    noChange ?? (count === 1 ? undefined : count === 0 ? 'Select a quick connect first.' : 'Select a single one.');
  const noRepoint = noChange ?? repointRefusal(chosen);
  const noCreate = refusal('TransferDestinations.Create');
  return (
    <>
      <Button disabled={noDelete !== undefined} disabledReason={noDelete} onClick={onDelete}>
        Delete
      </Button>
      <Button disabled={noRepoint !== undefined} disabledReason={noRepoint} onClick={onRepoint}>
        Change user
      </Button>
      <RouterButton
        to={{
          to: '/routing/quick-connects/$quickConnectId',
          params: { quickConnectId: chosen[0]?.QuickConnectId ?? '' },
        }}
        disabled={noEdit !== undefined}
        disabledReason={noEdit}
      >
        Edit
      </RouterButton>
      <RouterButton
        variant="primary"
        to={{ to: '/routing/quick-connects/new' }}
        disabled={noCreate !== undefined}
        disabledReason={noCreate}
      >
        Add new
      </RouterButton>
    </>
  );
}

function repointRefusal(chosen: readonly QuickConnectRow[]): string | undefined {
  if (chosen.length === 0) return 'Select one or more quick connects of the type User first.';
  if (chosen.some((row) => row.QuickConnectType !== 'USER'))
    return 'Only quick connects of the type User lead to a user.';
  return chosen.length > 100 ? 'Select 100 at most.' : undefined;
}
