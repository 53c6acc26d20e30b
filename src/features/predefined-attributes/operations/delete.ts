import { inWords } from '../../../access/shown-names.ts';
import { deleted } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, resourceInUse } from '../../../operations/errors.ts';
import { someUserProficientIn } from '../../users/proficiencies/store.ts';
import { named, noSuchAttribute } from '../answer.ts';
import { isSystemAttribute, nameConstraint, snapshotOf } from '../rules.ts';
import { deletePredefinedAttribute, lockPredefinedAttribute } from '../store.ts';
export const deleteAttribute = defineWrite('DeletePredefinedAttribute', {
  permission: 'PredefinedAttributes.Delete',
  constraints: { ...instanceId, ...nameConstraint },
  handler: async ({ db, instance, access }, input) => {
    const attribute = await lockPredefinedAttribute(db, instance.id, input.Name);
    if (!attribute) throw noSuchAttribute(input.Name);
    if (isSystemAttribute(attribute.name)) {
      throw invalidRequest(`${attribute.name} belongs to the system: nobody deletes it.`);
    }
    const holder = await someUserProficientIn(db, attribute.id);
    if (holder) {
      const who = await inWords(db, instance, access, [{ type: 'agent', id: holder.userId }]);
      throw resourceInUse(
        `Users are proficient in "${attribute.name}", ${who} among them. Disassociate their proficiencies first.`,
        'USER',
        arnOf(instance, 'agent', holder.userId),
      );
    }
    await deletePredefinedAttribute(db, attribute.id);
    return deleted(...named(attribute.name), snapshotOf(attribute));
  },
});
