import { kind } from './kind.ts';

const sees = ['RoutingPolicies.View', 'RoutingPolicies.Edit', 'RoutingPolicies.Create'] as const;

export const routingProfile = kind({
  words: ['routing profile', 'routing profiles'],
  table: 'routing_profile',
  name: 'name',
  sees,
  seesNames: [...sees, 'Users.View', 'Users.Edit', 'Users.Create'],
  restrictedAs: 'RoutingProfile',
  tags: {
    view: ['RoutingPolicies.View', 'RoutingPolicies.Edit'],
    edit: 'RoutingPolicies.Edit',
    searchedAs: 'routing-profile',
  },
  quota: 500,
  members: ['RoutingProfileId', 'RoutingProfileIds', 'Filters.RoutingProfiles'],
  searchedBy: ['routingProfileId'],
  filterKeys: ['ROUTING_PROFILE'],
  foundBy: ['SearchRoutingProfiles'],
});
