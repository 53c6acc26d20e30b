import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { LabelledField } from '../../components/LabelledField.tsx';
import type { FormState } from '../../components/use-form.ts';
import type { UserFormValues } from './user-form.ts';

interface AgentFieldsProps {
  readonly form: FormState<UserFormValues>;
  readonly disabled?: boolean;
}

/** How contacts reach the agent. */
export function AgentFields({ form, disabled = false }: AgentFieldsProps) {
  const { values, change, leave } = form;
  const desk = values.phoneType === 'DESK_PHONE';
  return (
    <Container header={<Header variant="h2">Agent settings</Header>}>
      <SpaceBetween size="l">
        <LabelledField form={form} field="phoneType" label="Phone type">
          <RadioGroup
            value={values.phoneType}
            onChange={({ detail }) =>
              change({ phoneType: detail.value === 'DESK_PHONE' ? 'DESK_PHONE' : 'SOFT_PHONE' })
            }
            items={[
              { value: 'SOFT_PHONE', label: 'Soft phone', description: 'Calls are taken in the browser.', disabled },
              {
                value: 'DESK_PHONE',
                label: 'Desk phone',
                description: 'Calls go to a number; each is an outbound call that is charged.',
                disabled,
              },
            ]}
          />
        </LabelledField>
        {desk ? (
          <LabelledField
            form={form}
            field="deskPhoneNumber"
            label="Desk phone number"
            constraintText="As in +12065550100."
          >
            <Input
              value={values.deskPhoneNumber}
              type="text"
              inputMode="tel"
              disabled={disabled}
              autoComplete={false}
              onChange={({ detail }) => change({ deskPhoneNumber: detail.value })}
              onBlur={() => leave('deskPhoneNumber')}
            />
          </LabelledField>
        ) : (
          <SpaceBetween size="xs">
            <Checkbox
              checked={values.autoAccept}
              disabled={disabled}
              onChange={({ detail }) => change({ autoAccept: detail.checked })}
              description="Contacts connect by themselves, without the agent accepting them."
            >
              Auto-accept
            </Checkbox>
            <Checkbox
              checked={values.persistentConnection}
              disabled={disabled}
              onChange={({ detail }) => change({ persistentConnection: detail.checked })}
              description="Keeps the media path open between calls."
            >
              Persistent connection
            </Checkbox>
          </SpaceBetween>
        )}
        <LabelledField
          form={form}
          field="acwTimeout"
          label="After contact work (ACW) timeout"
          constraintText="Seconds. 0: the agent closes each contact."
        >
          <Input
            value={values.acwTimeout}
            inputMode="numeric"
            disabled={disabled}
            autoComplete={false}
            onChange={({ detail }) => change({ acwTimeout: detail.value })}
            onBlur={() => leave('acwTimeout')}
          />
        </LabelledField>
      </SpaceBetween>
    </Container>
  );
}
