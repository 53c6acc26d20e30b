import Multiselect from '@cloudscape-design/components/multiselect';
import { useQuery } from '@tanstack/react-query';
import { queuesQuery } from '../../api/directory.ts';
import { explain } from '../../api/errors.ts';
import { useMay } from '../../api/session.ts';
import { LabelledField } from '../../components/LabelledField.tsx';
import type { FormState } from '../../components/use-form.ts';
import type { QuickConnectValues } from './quick-connect-form.ts';

/** The queues whose agents see the quick connect; changing them is a right on queues. */
export function QueuesField({ form }: { readonly form: FormState<QuickConnectValues> }) {
  const mayEdit = useMay()('Queues.Edit');
  const { data, error, isPending, refetch } = useQuery(queuesQuery);
  const options = (data ?? []).map(({ Id, Name }) => ({ value: Id, label: Name }));
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
      <Multiselect
        selectedOptions={form.values.offeredIn.map(
          (id) => options.find((option) => option.value === id) ?? { value: id, label: data ? 'Unknown queue' : '…' },
        )}
        options={options}
        onChange={({ detail }) =>
          form.change({ offeredIn: detail.selectedOptions.map((option) => option.value ?? '') })
        }
        onLoadItems={() => {
          if (error) void refetch();
        }}
        disabled={!mayEdit}
        placeholder="Choose queues"
        filteringType={options.length > 8 ? 'auto' : 'none'}
        filteringAriaLabel="Find a queue"
        deselectAriaLabel={(option) => `Remove ${option.label}`}
        statusType={error ? 'error' : isPending ? 'loading' : 'finished'}
        loadingText="Loading"
        errorText={error ? explain(error).message : undefined}
        recoveryText="Retry"
        empty="There are none."
        noMatch="None matches."
      />
    </LabelledField>
  );
}
