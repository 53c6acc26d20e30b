import { defineWrite } from '../../../../operations/define-operation.ts';
import { invalidParameter, invalidRequest, OperationError } from '../../../../operations/errors.ts';
import { sharePredefinedAttributes } from '../../../predefined-attributes/store.ts';
import { changeProficiencies } from '../change.ts';
import { checkEach, checkLevels, inWords, keyOf, proficiencyConstraints } from '../rules.ts';
import type { StoredProficiency } from '../store.ts';

/** Amazon Connect's quota; what it answers beyond it is not documented, InvalidRequestException is a guess. */
const mostProficiencies = 10;

/**
 * Names and values must be those of predefined attributes. What the user has already with the same level stays; with
 * another level it is for UpdateUserProficiencies (what Amazon Connect does then is not documented).
 */
export const associateUserProficiencies = defineWrite('AssociateUserProficiencies', {
  permission: 'Users.Edit',
  constraints: proficiencyConstraints,
  handler: (context, input) => {
    const { UserProficiencies: given } = input;
    checkEach(given);
    checkLevels(given);
    return changeProficiencies(context, input.UserId, async (current) => {
      const attributes = await sharePredefinedAttributes(context.db, context.instance.id, [
        ...new Set(given.map((one) => one.AttributeName)),
      ]);
      const added = given.flatMap((one): StoredProficiency[] => {
        const attribute = attributes.get(one.AttributeName);
        if (!attribute) {
          throw new OperationError(
            'ResourceNotFoundException',
            `There is no predefined attribute with the name "${one.AttributeName}" in this instance.`,
          );
        }
        if (!attribute.values.includes(one.AttributeValue)) {
          throw invalidParameter(`The predefined attribute "${attribute.name}" has no value "${one.AttributeValue}".`);
        }
        const known = current.get(keyOf(one));
        if (known?.level === one.Level) return [];
        if (known) {
          throw invalidRequest(
            `The user has the proficiency in ${inWords(one)} already, with the level ${known.level}. Change it with UpdateUserProficiencies.`,
          );
        }
        const { id: attributeId, name: attributeName } = attribute;
        return [{ attributeId, attributeName, value: one.AttributeValue, level: one.Level }];
      });
      const total = current.size + added.length;
      if (total > mostProficiencies) {
        throw invalidRequest(
          `The user would have ${total} proficiencies; ${mostProficiencies} are allowed. Disassociate some first.`,
        );
      }
      return [...current.values(), ...added];
    });
  },
});
