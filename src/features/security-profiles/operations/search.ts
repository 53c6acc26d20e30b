import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { andAll, criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { searchSecurityProfiles as profilesFound } from '../store.ts';

export const searchSecurityProfiles = defineRead('SearchSecurityProfiles', {
  permission: resources['security-profile'].sees,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('found-security-profiles', input);
    const criteria = criteriaCondition(input.SearchCriteria, ({ StringCondition: leaf }) =>
      leaf ? [fieldCondition(resourceFields, leaf)] : [],
    );
    const condition = andAll([
      access.within('security-profile', 'security_profile'),
      withTagFilter(criteria, input.SearchFilter?.TagFilter),
    ]);
    const { items, nextToken, count } = await profilesFound(db, instance.id, condition, page);
    return {
      SecurityProfiles: items.map((profile) => ({
        Id: profile.id,
        OrganizationResourceId: instance.id,
        Arn: arnOf(instance, 'security-profile', profile.id),
        SecurityProfileName: profile.name,
        Description: profile.settings.Description ?? undefined,
        Tags: profile.tags,
      })),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
