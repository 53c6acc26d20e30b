import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { resources } from '../../../resources/resources.ts';
import { referencesOf } from '../answer.ts';
import { capitalized, identityMembers } from '../columns.ts';
import { channelConfigsOf, phoneConfigOf } from '../phone-settings.ts';
import { usersWithin } from '../search/condition.ts';
import { findUser, listUsers as usersListed } from '../store.ts';

/** Of names and the address there is an empty text, of the newer members nothing. */
const whereNothingIs = {
  firstName: '',
  lastName: '',
  email: '',
  secondaryEmail: undefined,
  mobile: undefined,
} satisfies Readonly<Record<(typeof identityMembers)[number], '' | undefined>>;

export const describeUser = defineRead('DescribeUser', {
  permission: 'Users.View',
  constraints: { ...instanceId, UserId: length(1, 256) },
  handler: async ({ db, instance }, input) => {
    const id = input.UserId;
    const user = await findUser(db, instance.id, id);
    if (!user) throw notFound('agent', id);
    return {
      User: {
        ...referencesOf(instance, user),
        IdentityInfo: Object.fromEntries(
          identityMembers.map((member) => [capitalized(member), user[member] ?? whereNothingIs[member]]),
        ),
        PhoneConfig: phoneConfigOf(user, 'SECONDS'),
        ...channelConfigsOf(user),
        LastModifiedTime: user.lastModifiedTime,
        LastModifiedRegion: user.lastModifiedRegion,
      },
    };
  },
});

export const listUsers = defineRead('ListUsers', {
  permission: resources.agent.seesNames,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('ListUsers', input);
    const { items, nextToken } = await usersListed(db, usersWithin(instance, access), page);
    return {
      UserSummaryList: items.map((user) => {
        const { Name: Username, ...rest } = shownSummary(instance, 'agent', user);
        return { ...rest, Username };
      }),
      NextToken: nextToken,
    };
  },
});
