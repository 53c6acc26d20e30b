import { seesProfiles } from '../../../access/sees.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { countMatching } from '../../../operations/count-matching.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { andAll, criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { listSecurityProfiles } from '../store.ts';

export const searchSecurityProfiles = defineRead('SearchSecurityProfiles', {
  permission: seesProfiles,
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
    const [found, count] = await Promise.all([
      listSecurityProfiles(db, instance.id, condition, page),
      countMatching(db, 'security_profile', instance.id, condition),
    ]);
    const { rows, nextToken } = cutByName(page, found);
    return {
      SecurityProfiles: rows.map((row) => ({
        Id: row.id,
        OrganizationResourceId: instance.id,
        Arn: arnOf(instance, 'security-profile', row.id),
        SecurityProfileName: row.name,
        Description: row.description ?? undefined,
        Tags: row.tags,
      })),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
