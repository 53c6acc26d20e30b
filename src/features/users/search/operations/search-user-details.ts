import { arnOf } from '../../../../operations/arn.ts';
import type { InputOf } from '../../../../operations/connect-types.ts';
import { instanceId, oneOf, pageOf, range } from '../../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../../operations/define-operation.ts';
import {
  connect,
  integer,
  label,
  list,
  map,
  nested,
  required,
  string,
  structure,
  timestamp,
} from '../../../../operations/shapes.ts';
import { countUsers } from '../../store.ts';
import { userSearchCondition, userSearchConstraints } from '../condition.ts';
import { type DetailSort, detailSorts, type UserDetails, userDetailsPage } from '../details-store.ts';

type Search = InputOf<'SearchUsers'>;

/** Without the Name where the caller may not be told it. */
const named = () => nested(structure({ Id: required(string()), Name: string() }));

const userDetails = structure({
  Id: required(string()),
  Arn: required(string()),
  Username: required(string()),
  FirstName: string(),
  LastName: string(),
  PhoneType: required(string<UserDetails['phoneType']>()),
  DeskPhoneNumber: string(),
  RoutingProfile: required(named()),
  SecurityProfiles: required(list(named())),
  HierarchyPath: required(list(named())),
  Tags: required(map(string())),
  QuickConnectCount: required(integer()),
  LastModifiedTime: required(timestamp()),
});

/** What the list on User management shows: names in place of ids, any page of any order, and the number of all. */
export const searchUserDetails = defineExtensionRead(
  'SearchUserDetails',
  {
    method: 'POST',
    uri: '/user-details/{InstanceId}',
    summary: 'SearchUsers with the names of what users refer to, sorted, and with any page at once.',
    input: structure({
      InstanceId: label(),
      SearchFilter: connect<NonNullable<Search['SearchFilter']>>('UserSearchFilter'),
      SearchCriteria: connect<NonNullable<Search['SearchCriteria']>>('UserSearchCriteria'),
      SortBy: string<DetailSort>(),
      SortOrder: string<'ASCENDING' | 'DESCENDING'>(),
      StartIndex: integer(),
      MaxResults: integer(),
    }),
    output: structure({ Users: required(list(nested(userDetails))), TotalCount: required(integer()) }),
  },
  {
    permission: 'Users.View',
    constraints: {
      ...instanceId,
      ...pageOf(500),
      ...userSearchConstraints,
      SortBy: oneOf(...detailSorts),
      SortOrder: oneOf('ASCENDING', 'DESCENDING'),
      StartIndex: range(0, null),
    },
    handler: async ({ db, instance, access }, input) => {
      const condition = userSearchCondition(instance, input, access);
      const page = {
        sortBy: input.SortBy ?? 'Username',
        descending: input.SortOrder === 'DESCENDING',
        start: input.StartIndex ?? 0,
        size: input.MaxResults ?? 100,
      };
      const users = await userDetailsPage(db, instance.id, access, condition, page);
      return {
        Users: users.map((user) => ({
          Id: user.id,
          Arn: arnOf(instance, 'agent', user.id),
          Username: user.username,
          FirstName: user.firstName ?? undefined,
          LastName: user.lastName ?? undefined,
          PhoneType: user.phoneType,
          DeskPhoneNumber: user.deskPhoneNumber ?? undefined,
          RoutingProfile: user.routingProfile,
          SecurityProfiles: user.securityProfiles,
          HierarchyPath: user.hierarchyPath,
          Tags: user.tags,
          QuickConnectCount: user.quickConnectCount,
          LastModifiedTime: user.lastModifiedTime,
        })),
        TotalCount: await countUsers(db, condition),
      };
    },
  },
);
