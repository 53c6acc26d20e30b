import { inWords } from '../../../access/shown-names.ts';
import { updated } from '../../../audit/change.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidRequest } from '../../../operations/errors.ts';
import { someUserProficientIn } from '../../users/proficiencies/store.ts';
import { named, noSuchAttribute } from '../answer.ts';
import { checkValues, isReadOnly, nameConstraint, settingsConstraints, snapshotOf } from '../rules.ts';
import { type AttributeSettings, lockPredefinedAttribute, updatePredefinedAttribute } from '../store.ts';
/** A list that is given replaces the one that was there; a member that is left out stays as it is. */
export const updateAttribute = defineWrite('UpdatePredefinedAttribute', {
  permission: 'PredefinedAttributes.Edit',
  constraints: { ...instanceId, ...nameConstraint, ...settingsConstraints },
  approximate:
    'A value that a user is proficient in cannot be removed; what Amazon Connect does then is not documented.',
  handler: async ({ db, instance, access, now, region }, input) => {
    const attribute = await lockPredefinedAttribute(db, instance.id, input.Name);
    if (!attribute) throw noSuchAttribute(input.Name);
    if (isReadOnly(attribute.name)) throw invalidRequest(`${attribute.name} belongs to the system: nobody changes it.`);
    checkValues(input.Values?.StringList);
    const before: AttributeSettings = {
      values: attribute.values,
      purposes: attribute.purposes,
      enableValueValidationOnAssociation: attribute.enableValueValidationOnAssociation,
    };
    const after: AttributeSettings = {
      values: input.Values?.StringList ?? before.values,
      purposes: input.Purposes ?? before.purposes,
      enableValueValidationOnAssociation:
        input.AttributeConfiguration?.EnableValueValidationOnAssociation ?? before.enableValueValidationOnAssociation,
    };
    const changes = differences(snapshotOf(before), snapshotOf(after));
    if (!changes) return updated(...named(attribute.name), null);
    const removed = before.values.filter((value) => !after.values.includes(value));
    const holder = removed.length > 0 ? await someUserProficientIn(db, attribute.id, removed) : null;
    if (holder) {
      const who = await inWords(db, instance, access, [{ type: 'agent', id: holder.userId }]);
      throw invalidRequest(
        `The value "${holder.value}" cannot be removed: ${who} is proficient in it. Disassociate the proficiency first.`,
      );
    }
    await updatePredefinedAttribute(db, attribute.id, after, { time: now, region });
    return updated(...named(attribute.name), changes);
  },
});
