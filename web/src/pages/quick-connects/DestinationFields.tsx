import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { flowsQuery, queuesQuery } from '../../api/directory.ts';
import { DirectorySelect } from '../../components/DirectorySelect.tsx';
import { LabelledField } from '../../components/LabelledField.tsx';
import type { FormState } from '../../components/use-form.ts';
import type { QuickConnectValues } from './quick-connect-form.ts';
import { isType, quickConnectTypes } from './quick-connect-list-state.ts';
import { UserSelect } from './UserSelect.tsx';

const types = Object.entries(quickConnectTypes).map(([value, label]) => ({ value, label }));
const flowTypes = { USER: 'AGENT_TRANSFER', QUEUE: 'QUEUE_TRANSFER', FLOW: 'ANY' } as const;

/** The type, and what that type leads to. */
export function DestinationFields({ form }: { readonly form: FormState<QuickConnectValues> }) {
  const { values, change, leave } = form;
  const { type } = values;
  return (
    <SpaceBetween size="l">
      <LabelledField form={form} field="type" label="Type">
        <Select
          selectedOption={types.find(({ value }) => value === type) ?? null}
          options={types}
          onChange={({ detail }) => {
            const next = detail.selectedOption.value ?? '';
            // Each type runs flows of another kind, so the chosen one does not fit any more.
            if (isType(next) && next !== type) change({ type: next, flowId: '' });
          }}
        />
      </LabelledField>
      {type === 'USER' && (
        <LabelledField form={form} field="user" label="Destination">
          <UserSelect value={values.user} onChange={(user) => change({ user })} />
        </LabelledField>
      )}
      {type === 'QUEUE' && (
        <LabelledField form={form} field="queueId" label="Destination">
          <DirectorySelect
            query={queuesQuery}
            value={values.queueId}
            onChange={(queueId) => change({ queueId })}
            placeholder="Choose a queue"
          />
        </LabelledField>
      )}
      {type === 'PHONE_NUMBER' && (
        <LabelledField form={form} field="phoneNumber" label="Destination" constraintText="As in +12065550100.">
          <Input
            value={values.phoneNumber}
            inputMode="tel"
            autoComplete={false}
            onChange={({ detail }) => change({ phoneNumber: detail.value })}
            onBlur={() => leave('phoneNumber')}
          />
        </LabelledField>
      )}
      {type !== 'PHONE_NUMBER' && (
        <LabelledField form={form} field="flowId" label="Flow">
          <DirectorySelect
            key={type}
            query={flowsQuery(flowTypes[type])}
            value={values.flowId}
            onChange={(flowId) => change({ flowId })}
            placeholder="Choose a flow"
          />
        </LabelledField>
      )}
    </SpaceBetween>
  );
}
