import { randomUUID } from 'node:crypto';
import { creationOf } from '../../../audit/change.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { duplicate } from '../../../operations/errors.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { named } from '../answer.ts';
import { checkValues, newNameConstraint, settingsConstraints, snapshotOf } from '../rules.ts';
import { insertPredefinedAttributes } from '../store.ts';
export const createAttribute = defineWrite('CreatePredefinedAttribute', {
  permission: 'PredefinedAttributes.Create',
  constraints: { ...instanceId, ...newNameConstraint, ...settingsConstraints },
  handler: async ({ db, instance, now, region }, input) => {
    const values = input.Values?.StringList ?? [];
    checkValues(values);
    await requireRoom(db, instance.id, 'predefined-attribute');
    const made = {
      id: randomUUID(),
      instanceId: instance.id,
      name: input.Name,
      values,
      purposes: input.Purposes ?? [],
      enableValueValidationOnAssociation: input.AttributeConfiguration?.EnableValueValidationOnAssociation ?? false,
      now,
      region,
    };
    if ((await insertPredefinedAttributes(db, [made])).size === 0) {
      throw duplicate(
        `A predefined attribute with the name "${input.Name}" is in this instance already (case is not minded). Choose another name.`,
      );
    }
    return { output: {}, changes: [creationOf(...named(input.Name), snapshotOf(made))] };
  },
});
