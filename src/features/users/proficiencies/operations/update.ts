import { defineWrite } from '../../../../operations/define-operation.ts';
import { changeProficiencies } from '../change.ts';
import { checkEach, checkLevels, keyOf, keyOfStored, proficiencyConstraints, requireAssociated } from '../rules.ts';

export const updateUserProficiencies = defineWrite('UpdateUserProficiencies', {
  permission: 'Users.Edit',
  constraints: proficiencyConstraints,
  handler: (context, input) => {
    const { UserProficiencies: given } = input;
    checkEach(given);
    checkLevels(given);
    return changeProficiencies(context, input.UserId, (current) => {
      requireAssociated(current, given);
      const levels = new Map(given.map((one) => [keyOf(one), one.Level]));
      return [...current.values()].map((one) => ({ ...one, level: levels.get(keyOfStored(one)) ?? one.level }));
    });
  },
});
