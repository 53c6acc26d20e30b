import Checkbox from '@cloudscape-design/components/checkbox';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { LabelledField } from '../../components/LabelledField.tsx';
import type { FormState } from '../../components/use-form.ts';
import type { IdentityType, UserFormValues } from './user-form.ts';

interface PersonFieldsProps {
  readonly form: FormState<UserFormValues>;
  readonly mode: 'CREATE' | 'EDIT';
  readonly identityType: IdentityType;
  readonly disabled?: boolean;
}

type TextField = 'firstName' | 'lastName' | 'login' | 'email' | 'secondaryEmail' | 'mobile';

/** Who it is and how they sign in. Which of it is asked for depends on where the instance keeps its users. */
export function PersonFields({ form, mode, identityType, disabled = false }: PersonFieldsProps) {
  const { values, change, leave } = form;
  const [visible, setVisible] = useState(false);
  const managed = identityType === 'CONNECT_MANAGED';
  const fromDirectory = identityType === 'EXISTING_DIRECTORY';
  const input = (field: TextField, type: 'text' | 'email' = 'text') => (
    <Input
      value={values[field]}
      type={type}
      disabled={disabled || (fromDirectory && mode === 'EDIT' && ['firstName', 'lastName', 'email'].includes(field))}
      onChange={({ detail }) => change({ [field]: detail.value })}
      onBlur={() => leave(field)}
      autoComplete={false}
      spellcheck={false}
    />
  );
  return (
    <Container header={<Header variant="h2">User details</Header>}>
      <SpaceBetween size="l">
        <ColumnLayout columns={2}>
          <LabelledField form={form} field="firstName" label="First name" optional={fromDirectory}>
            {input('firstName')}
          </LabelledField>
          <LabelledField form={form} field="lastName" label="Last name" optional={fromDirectory}>
            {input('lastName')}
          </LabelledField>
          {mode === 'CREATE' && (
            <LabelledField
              form={form}
              field="login"
              label="Login"
              constraintText="Unique in the instance. It cannot be changed later."
            >
              {input('login')}
            </LabelledField>
          )}
          {mode === 'CREATE' && managed && (
            <LabelledField
              form={form}
              field="password"
              label="Password"
              constraintText="8 to 64 characters with a lower-case letter, an upper-case letter and a digit; no spaces."
              after={
                <Checkbox checked={visible} onChange={({ detail }) => setVisible(detail.checked)}>
                  Show the password
                </Checkbox>
              }
            >
              <Input
                value={values.password}
                type={visible ? 'text' : 'password'}
                onChange={({ detail }) => change({ password: detail.value })}
                onBlur={() => leave('password')}
                autoComplete="new-password"
                spellcheck={false}
              />
            </LabelledField>
          )}
          {identityType !== 'SAML' && (
            <LabelledField form={form} field="email" label="Email" optional={!managed || mode === 'EDIT'}>
              {input('email', 'email')}
            </LabelledField>
          )}
          <LabelledField
            form={form}
            field="secondaryEmail"
            label="Secondary email"
            optional
            constraintText="Gets notifications in place of the email, except password resets."
          >
            {input('secondaryEmail', 'email')}
          </LabelledField>
          <LabelledField form={form} field="mobile" label="Mobile" optional constraintText="As in +12065550100.">
            {input('mobile')}
          </LabelledField>
        </ColumnLayout>
      </SpaceBetween>
    </Container>
  );
}
