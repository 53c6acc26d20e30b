import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '../../api/errors.ts';
import { updateQuickConnectConfig } from '../../api/quick-connects.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { FormModal } from '../../components/FormModal.tsx';
import { flash } from '../../components/flashes.ts';
import { countOf, listOf } from '../../components/words.ts';
import { type ChosenUser, UserSelect } from './UserSelect.tsx';

interface RepointModalProps {
  readonly rows: readonly QuickConnectRow[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Makes quick connects lead to another user; everything else about them stays. */
export function RepointModal({ rows, onClose, onDone }: RepointModalProps) {
  const [user, setUser] = useState<ChosenUser | null>(null);
  const words = countOf(rows.length, 'quick connect');
  const change = useMutation({
    mutationFn: async (to: ChosenUser) => {
      const failed: { name: string; error: unknown }[] = [];
      for (const row of rows) {
        try {
          await updateQuickConnectConfig(row.QuickConnectId, {
            QuickConnectType: 'USER',
            UserConfig: { UserId: to.id, ContactFlowId: row.ContactFlow?.Id ?? '' },
          });
        } catch (error) {
          failed.push({ name: row.Name, error });
        }
      }
      return failed;
    },
    onSuccess: (failed, to) => {
      const done = rows.length - failed.length;
      if (done > 0)
        flash({
          type: 'success',
          content: `${countOf(done, 'quick connect')} now ${done === 1 ? 'leads' : 'lead'} to ${to.label}.`,
        });
      const [first] = failed;
      if (first) {
        flash({
          type: 'error',
          header: `Not changed: ${listOf(failed.map(({ name }) => name))}`,
          content: explain(first.error).message,
        });
      }
      onDone();
    },
  });
  return (
    <FormModal
      header={`Change the user of ${words}`}
      confirm="Save"
      unsaved={user !== null}
      pending={change.isPending}
      refusal={user ? null : 'Choose a user first.'}
      onClose={onClose}
      onConfirm={() => {
        if (user) change.mutate(user);
      }}
    >
      <SpaceBetween size="m">
        <div>
          {listOf(
            rows.map((row) => row.Name),
            5,
          )}{' '}
          will lead to another user. Flow and queues stay as they are.
        </div>
        <FormField label="Destination">
          <UserSelect value={user} onChange={setUser} />
        </FormField>
      </SpaceBetween>
    </FormModal>
  );
}
