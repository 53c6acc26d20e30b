import type { PermissionId } from '../../access/permissions.ts';
import { resourceOf } from '../../operations/arn.ts';
import type { PermissionRule } from '../../operations/define-operation.ts';
import { invalidParameter, OperationError } from '../../operations/errors.ts';
import type { ResourceType } from '../../operations/resource-type.ts';

/** Tags that a resource may have, for every type (AWS tagging rules). */
export const mostTags = 50;

interface Taggable {
  readonly table: string;
  /** The column by which people know one. */
  readonly name: 'name' | 'username';
  /** Its name among the ResourceTypes of SearchResourceTags, which knows fewer types than TagResource. */
  readonly searchedAs?: string;
  /** The permissions that show its tags, and the one that changes them. */
  readonly view: readonly PermissionId[];
  readonly edit: PermissionId;
}

/** What carries tags, by the type in its ARN. Whatever else is to carry some is one more line here. */
export const taggable = {
  agent: {
    table: 'users',
    name: 'username',
    searchedAs: 'agent',
    view: ['Users.View', 'Users.Edit'],
    edit: 'Users.Edit',
  },
  'agent-group': {
    table: 'hierarchy_group',
    name: 'name',
    view: ['AgentGrouping.View', 'AgentGrouping.Edit'],
    edit: 'AgentGrouping.Edit',
  },
  'agent-state': {
    table: 'agent_status',
    name: 'name',
    searchedAs: 'agent-state',
    view: ['AgentStates.View', 'AgentStates.Edit'],
    edit: 'AgentStates.Edit',
  },
  'security-profile': {
    table: 'security_profile',
    name: 'name',
    searchedAs: 'security-profile',
    view: ['SecurityProfiles.View', 'SecurityProfiles.Edit'],
    edit: 'SecurityProfiles.Edit',
  },
  'routing-profile': {
    table: 'routing_profile',
    name: 'name',
    searchedAs: 'routing-profile',
    view: ['RoutingPolicies.View', 'RoutingPolicies.Edit'],
    edit: 'RoutingPolicies.Edit',
  },
  queue: {
    table: 'queue',
    name: 'name',
    searchedAs: 'standard-queue',
    view: ['Queues.View', 'Queues.Edit'],
    edit: 'Queues.Edit',
  },
  'transfer-destination': {
    table: 'quick_connect',
    name: 'name',
    searchedAs: 'transfer-destination',
    view: ['TransferDestinations.View', 'TransferDestinations.Edit'],
    edit: 'TransferDestinations.Edit',
  },
  'contact-flow': {
    table: 'contact_flow',
    name: 'name',
    searchedAs: 'contact-flow',
    view: ['ContactFlows.View', 'ContactFlows.Edit'],
    edit: 'ContactFlows.Edit',
  },
  'flow-module': {
    table: 'contact_flow_module',
    name: 'name',
    searchedAs: 'flow-module',
    view: ['ContactFlowModules.View', 'ContactFlowModules.Edit'],
    edit: 'ContactFlowModules.Edit',
  },
  'operating-hours': {
    table: 'hours_of_operation',
    name: 'name',
    searchedAs: 'operating-hours',
    view: ['HoursOfOperation.View', 'HoursOfOperation.Edit'],
    edit: 'HoursOfOperation.Edit',
  },
} as const satisfies Partial<Record<ResourceType, Taggable>>;

/** ResourceTypes of SearchResourceTags that are known and of which there are none here. */
const searchedInVain = ['prompt', 'metric'];

/** Those that SearchResourceTags can look at. */
const searchable: readonly (Taggable & { readonly type: TaggableType })[] = Object.entries(taggable).map(
  ([type, row]) => ({ ...row, type: type as TaggableType }),
);

export const searchedTypes: readonly string[] = [
  ...searchable.flatMap(({ searchedAs }) => searchedAs ?? []),
  ...searchedInVain,
];

/** What a search for tags goes through: all of it when none is named. */
export function searchedIn(resourceTypes: readonly string[] | undefined) {
  const wanted = resourceTypes?.length ? resourceTypes : searchedTypes;
  return searchable.filter(({ searchedAs }) => searchedAs !== undefined && wanted.includes(searchedAs));
}

export type TaggableType = keyof typeof taggable;

/** What a resourceArn names. The instance itself is a resource too. */
export interface TaggedResource {
  readonly type: TaggableType | 'instance';
  readonly id: string;
}

function isTaggable(type: string): type is TaggableType {
  return Object.hasOwn(taggable, type);
}

/** @throws InvalidParameterException for what is not the ARN of a resource that carries tags */
export function resourceIn(resourceArn: string): TaggedResource {
  const { type, id } = resourceOf(resourceArn);
  if (type === 'instance' || isTaggable(type)) return { type, id };
  throw invalidParameter(`Resources of the type ${type} do not carry tags.`);
}

/** Everybody who is signed in sees the instance's own tags with DescribeInstance. */
export function mayView(resourceArn: string): PermissionRule {
  const { type } = resourceIn(resourceArn);
  return type === 'instance' ? 'ANY_USER' : taggable[type].view;
}

export function mayEdit(resourceArn: string): PermissionRule {
  const { type } = resourceIn(resourceArn);
  return type === 'instance' ? 'ACCESS_KEY_ONLY' : taggable[type].edit;
}

type Tags = Readonly<Record<string, string>>;

/** What was there with what is added, where a key that was there gets the new value. @throws InvalidRequestException */
export function withTags(before: Tags, added: Tags): Tags {
  const after = { ...before, ...added };
  const count = Object.keys(after).length;
  if (count > mostTags) {
    throw new OperationError(
      'InvalidRequestException',
      `The resource would have ${count} tags; ${mostTags} are allowed. Remove some of its tags first.`,
    );
  }
  return after;
}

/** Keys that are not there are ignored. */
export function withoutTags(before: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(before).filter(([key]) => !gone.has(key)));
}
