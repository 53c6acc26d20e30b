import { instanceId, length, pageOf } from '../../../../operations/constraints.ts';
import { defineRead } from '../../../../operations/define-operation.ts';
import { namePage } from '../../../../operations/name-paging.ts';
import { resources } from '../../../../resources/resources.ts';
import { referencesOf } from '../../answer.ts';
import { channelConfigsOf, phoneConfigOf } from '../../phone-settings.ts';
import { countUsers, usersByLogin } from '../../store.ts';
import { userSearchCondition, userSearchConstraints } from '../condition.ts';

export const searchUsers = defineRead('SearchUsers', {
  permission: resources.agent.seesNames,
  constraints: { ...instanceId, ...pageOf(500), NextToken: length(1, 2500), ...userSearchConstraints },
  approximate: 'Texts are compared without regard to case.',
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('SearchUsers', input);
    const condition = userSearchCondition(instance, input, access);
    const { items: users, nextToken } = await usersByLogin(db, condition, page);
    // The first page tells the number when it is the only one.
    const counted = page.after || nextToken ? await countUsers(db, condition) : users.length;
    return {
      Users: users.map((user) => ({
        ...referencesOf(instance, user),
        IdentityInfo: { FirstName: user.firstName ?? '', LastName: user.lastName ?? '' },
        PhoneConfig: phoneConfigOf(user, 'MILLISECONDS'),
        ...channelConfigsOf(user),
      })),
      NextToken: nextToken,
      ApproximateTotalCount: counted,
    };
  },
});
