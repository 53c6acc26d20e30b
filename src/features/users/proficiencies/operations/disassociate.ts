import { defineWrite } from '../../../../operations/define-operation.ts';
import { changeProficiencies } from '../change.ts';
import { checkEach, keyOf, keyOfStored, namedConstraints, requireAssociated } from '../rules.ts';

export const disassociateUserProficiencies = defineWrite('DisassociateUserProficiencies', {
  permission: 'Users.Edit',
  constraints: namedConstraints('UserProficiencyDisassociate'),
  handler: (context, input) => {
    const { UserProficiencies: given } = input;
    checkEach(given);
    return changeProficiencies(context, input.UserId, (current) => {
      requireAssociated(current, given);
      const gone = new Set(given.map(keyOf));
      return [...current.values()].filter((one) => !gone.has(keyOfStored(one)));
    });
  },
});
