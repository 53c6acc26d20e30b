import { arnOf, arnReferenceIn, handedOn, instanceArn, type NamedKind, type Reference, referenceIn } from './arn.ts';
import type { Instance } from './instance.ts';

/**
 * Which members of requests name which kind of resource, once for all operations. The runner reads each of them before
 * the handler, refuses what cannot be read, judges whether the caller reaches it, and hands the id on that it read. A
 * test walks the shapes of all operations and fails for a member that looks like a name and does not stand here.
 */

/** `ANY`: an ARN, whose kind it says itself. */
type Kind = NamedKind | 'ANY';

/**
 * A member of this name wherever it stands, unless it stands in a structure that has a line of its own: that of the
 * member that holds the structure, then a dot. A list names each of its items.
 */
export const namingMembers: Readonly<Record<string, Kind>> = {
  UserId: 'agent',
  UserIds: 'agent',
  EntityArn: 'agent',
  'Filters.Agents': 'agent',
  SecurityProfileId: 'security-profile',
  SecurityProfileIds: 'security-profile',
  'SecurityProfiles.Id': 'security-profile',
  RoutingProfileId: 'routing-profile',
  'Filters.RoutingProfiles': 'routing-profile',
  QueueId: 'queue',
  DefaultOutboundQueueId: 'queue',
  'Filters.Queues': 'queue',
  HierarchyGroupId: 'agent-group',
  ParentGroupId: 'agent-group',
  AllowedAccessControlHierarchyGroupId: 'agent-group',
  'HierarchyGroupCondition.Value': 'agent-group',
  'Filters.UserHierarchyGroups': 'agent-group',
  AgentStatusId: 'agent-state',
  HoursOfOperationId: 'operating-hours',
  ParentHoursOfOperationIds: 'operating-hours',
  HoursOfOperationOverrideId: 'override',
  QuickConnectId: 'transfer-destination',
  QuickConnectIds: 'transfer-destination',
  ContactFlowId: 'contact-flow',
  OutboundFlowId: 'contact-flow',
  ContactFlowModuleId: 'flow-module',
  UserBatchId: 'user-batch',
  ContactId: 'contact',
  InitialContactId: 'contact',
  AgentIds: 'agent',
  QueueIds: 'queue',
  L1Ids: 'agent-group',
  L2Ids: 'agent-group',
  L3Ids: 'agent-group',
  L4Ids: 'agent-group',
  L5Ids: 'agent-group',
  resourceArn: 'ANY',
};

/** An empty text here takes away what was there. */
const mayBeEmpty: ReadonlySet<string> = new Set(['AllowedAccessControlHierarchyGroupId']);

/**
 * Members of single operations whose handler reads each text by itself, with the same reader, and judges it: one that is
 * no id, or out of reach, fails alone.
 */
export const readOneByOne: ReadonlySet<string> = new Set([
  'BatchDeleteQuickConnects.QuickConnectIds',
  'PreviewUserDeletion.UserIds',
  'StartUserDeletion.UserIds',
]);

/** Maps, whose keys are anybody's words. */
export const passedOver: ReadonlySet<string> = new Set(['Tags', 'tags', 'AllowedAccessControlTags', 'Attributes']);

/**
 * The fields of a StringCondition that are ids, in lower case. Their text may be a part of an id; an ARN is read like
 * any other. What such a search finds is within reach by its own condition.
 */
const searchedIds: Readonly<Record<string, NamedKind>> = {
  routingprofileid: 'routing-profile',
  securityprofileid: 'security-profile',
  associatedqueueids: 'queue',
  parentid: 'agent-group',
  hoursofoperationid: 'operating-hours',
};

/** What the field resourceID of a search names. */
export const foundBy: Readonly<Record<string, NamedKind>> = {
  SearchUsers: 'agent',
  SearchUserDetails: 'agent',
  PreviewUserDeletion: 'agent',
  StartUserDeletion: 'agent',
  SearchQuickConnects: 'transfer-destination',
  SearchSecurityProfiles: 'security-profile',
  SearchRoutingProfiles: 'routing-profile',
  SearchQueues: 'queue',
  SearchHoursOfOperations: 'operating-hours',
  SearchHoursOfOperationOverrides: 'override',
  SearchUserHierarchyGroups: 'agent-group',
  SearchContactFlows: 'contact-flow',
  SearchContactFlowModules: 'flow-module',
  SearchAgentStatuses: 'agent-state',
};

type Input = Readonly<Record<string, unknown>>;

export interface ReadRequest {
  /** The input with what was read in the place of what was given. */
  readonly input: Input;
  /** The ids that are to be within reach, by the type of what they name. */
  readonly named: ReadonlyMap<Reference['type'], readonly string[]>;
}

/**
 * Reads whatever a request names, wherever it stands: a quick connect's user is two structures down.
 * @throws InvalidParameterException, ResourceNotFoundException
 */
export function readNamed(operation: string, given: Input, instance: Instance): ReadRequest {
  const named = new Map<Reference['type'], string[]>();

  const read = (member: string, kind: Kind, text: string): string => {
    if (text === '' && mayBeEmpty.has(member)) return text;
    const reference = kind === 'ANY' ? arnReferenceIn(text, instance) : referenceIn(text, kind, instance);
    const ids = named.get(reference.type);
    if (ids) ids.push(reference.id);
    else named.set(reference.type, [reference.id]);
    return kind === 'ANY' ? arnOfReference(reference, instance) : handedOn(reference);
  };

  const readMember = (member: string, value: unknown, holder: string): unknown => {
    if (passedOver.has(member) || readOneByOne.has(`${operation}.${member}`)) return value;
    const kind = namingMembers[`${holder}.${member}`] ?? namingMembers[member];
    if (kind && typeof value === 'string') return read(member, kind, value);
    if (kind && Array.isArray(value) && value.every((item) => typeof item === 'string')) {
      return value.map((item) => read(member, kind, item));
    }
    return walk(value, member);
  };

  const walk = (value: unknown, holder: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, holder));
    if (!isStructure(value)) return value;
    const structure = holder === 'StringCondition' ? withIdIn(operation, value, instance) : value;
    return Object.fromEntries(
      Object.entries(structure).map(([member, inner]) => [member, readMember(member, inner, holder)]),
    );
  };

  return { input: walk(given, '') as Input, named };
}

/** Times and the like are values. */
const isStructure = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Of one kind, so that no more can be read out of it than was read. */
function arnOfReference({ type, id }: Reference, instance: Instance): string {
  return type === 'instance' || type === 'override' ? instanceArn(instance) : arnOf(instance, type, id);
}

/** A StringCondition with the id in place of an ARN. */
function withIdIn(operation: string, condition: Input, instance: Instance): Input {
  const { FieldName: field, Value: value } = condition;
  if (typeof field !== 'string' || typeof value !== 'string' || !/^arn:/i.test(value)) return condition;
  const name = field.toLowerCase();
  const kind = name === 'resourceid' ? foundBy[operation] : searchedIds[name];
  return kind ? { ...condition, Value: referenceIn(value, kind, instance).id } : condition;
}
