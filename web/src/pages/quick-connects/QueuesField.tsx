import { queuesQuery } from '../../api/directory.ts';
import { useMay } from '../../api/session.ts';
import { DirectoryMultiselect } from '../../components/DirectoryMultiselect.tsx';
import { LabelledField } from '../../components/LabelledField.tsx';
import type { FormState } from '../../components/use-form.ts';
import type { QuickConnectValues } from './quick-connect-form.ts';

/** The queues whose agents see the quick connect; changing them is a right on queues. */
export function QueuesField({ form }: { readonly form: FormState<QuickConnectValues> }) {
  const mayEdit = useMay()('Queues.Edit');
  return (
    <LabelledField
      form={form}
      field="offeredIn"
      label="Queues"
      optional
      constraintText={
        mayEdit
          ? 'Agents of these queues see the quick connect.'
          : 'To change them you need the permission Queues – Edit.'
      }
    >
      <DirectoryMultiselect
        query={queuesQuery}
        value={form.values.offeredIn}
        onChange={(offeredIn) => form.change({ offeredIn })}
        one="queue"
        placeholder="Choose queues"
        disabled={!mayEdit}
      />
    </LabelledField>
  );
}
