import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { routingProfilesQuery } from '../../api/directory.ts';
import { DirectorySelect } from '../../components/DirectorySelect.tsx';
import { HierarchySelect } from '../../components/HierarchySelect.tsx';
import { LabelledField } from '../../components/LabelledField.tsx';
import type { FormState } from '../../components/use-form.ts';
import { SecurityProfilesSelect } from './SecurityProfilesSelect.tsx';
import type { UserFormValues } from './user-form.ts';

interface AccessFieldsProps {
  readonly form: FormState<UserFormValues>;
  readonly disabled?: boolean;
}

export function AccessFields({ form, disabled = false }: AccessFieldsProps) {
  const { values, change } = form;
  return (
    <Container header={<Header variant="h2">Routing and security</Header>}>
      <SpaceBetween size="l">
        <LabelledField form={form} field="routingProfileId" label="Routing profile">
          <DirectorySelect
            query={routingProfilesQuery}
            value={values.routingProfileId}
            onChange={(routingProfileId) => change({ routingProfileId })}
            placeholder="Choose a routing profile"
            disabled={disabled}
          />
        </LabelledField>
        <LabelledField form={form} field="securityProfileIds" label="Security profiles" constraintText="1 to 10.">
          <SecurityProfilesSelect
            value={values.securityProfileIds}
            onChange={(securityProfileIds) => change({ securityProfileIds })}
          />
        </LabelledField>
        <LabelledField form={form} field="hierarchyGroupId" label="Agent hierarchy" optional>
          <HierarchySelect
            value={values.hierarchyGroupId}
            onChange={(hierarchyGroupId) => change({ hierarchyGroupId })}
            none="No group"
            disabled={disabled}
          />
        </LabelledField>
      </SpaceBetween>
    </Container>
  );
}
