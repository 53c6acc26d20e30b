import { accessKey } from './access-key.ts';
import { agentStatus } from './agent-status.ts';
import { contact } from './contact.ts';
import { flow } from './flow.ts';
import { flowModule } from './flow-module.ts';
import { hierarchyGroup, hierarchyLevel } from './hierarchy-group.ts';
import { hoursOfOperation, override } from './hours-of-operation.ts';
import { instance } from './instance.ts';
import type { Kind } from './kind.ts';
import { predefinedAttribute } from './predefined-attribute.ts';
import { queue } from './queue.ts';
import { quickConnect } from './quick-connect.ts';
import { routingProfile } from './routing-profile.ts';
import { savedReport } from './saved-report.ts';
import { securityProfile } from './security-profile.ts';
import { user } from './user.ts';
import { userBatch } from './user-batch.ts';

/**
 * Every kind of resource, once, by its name in ARNs and in the audit. Whatever deals with kinds alike (ids and ARNs, the
 * guard of reach, tags, quotas, names that may be shown, lists) reads this; a new kind is a file and a line here.
 */
export const resources = {
  instance,
  agent: user,
  'security-profile': securityProfile,
  queue,
  'routing-profile': routingProfile,
  'agent-group': hierarchyGroup,
  'agent-group-level': hierarchyLevel,
  'agent-state': agentStatus,
  'transfer-destination': quickConnect,
  'contact-flow': flow,
  'flow-module': flowModule,
  'operating-hours': hoursOfOperation,
  'predefined-attribute': predefinedAttribute,
  'user-batch': userBatch,
  'access-key': accessKey,
  contact,
  'saved-report': savedReport,
} as const satisfies Readonly<Record<string, Kind>>;

type Resources = typeof resources;

/** Kinds of records as audit entries and ARNs name them. */
export type ResourceType = keyof Resources;

/** Those whose declarations have what is asked for. */
type TypesWith<Part> = { [T in ResourceType]: Resources[T] extends Part ? T : never }[ResourceType];

/** What has an ARN inside an instance. */
export type InnerType = Exclude<ResourceType, 'instance'>;
/** What security profiles can limit. */
export type RestrictableType = TypesWith<{ readonly restrictedAs: string }>;
/** What TagRestrictedResources calls them. */
export type RestrictableName = Resources[RestrictableType]['restrictedAs'];
/** What answers and messages name, to whoever may be told. */
export type NamedType = TypesWith<{ readonly seesNames: unknown; readonly name: string }>;
export type TaggableType = TypesWith<{ readonly tags: unknown }>;
export type LimitedType = TypesWith<{ readonly quota: number }>;
/** What an instance has under a name of its own. */
export type PresentType = TypesWith<{ readonly name: string }>;
/** What stands in lists by its name. */
export type ListedType = TypesWith<{ readonly name: 'name'; readonly sees: unknown }>;

/** What a request names: a resource, or an override of hours of operation, which has an id and no ARN. */
export type NamedKind = InnerType | 'override';

const types = Object.keys(resources) as ResourceType[];
const has = (type: ResourceType, part: keyof Kind) => Object.hasOwn(resources[type], part);

export const restrictableTypes = types.filter((type): type is RestrictableType => has(type, 'restrictedAs'));
export const taggableTypes = types.filter((type): type is TaggableType => has(type, 'tags'));

/** What TagRestrictedResources may name. */
export const restrictableNames: readonly string[] = restrictableTypes.map((type) => resources[type].restrictedAs);

/** What people call one of a kind, for messages. */
export const wordFor = (type: NamedKind | 'instance'): string =>
  (type === 'override' ? override : resources[type]).words[0];

export const isResourceType = (text: string): text is ResourceType => Object.hasOwn(resources, text);
export const isRestrictable = (type: string): type is RestrictableType =>
  isResourceType(type) && has(type, 'restrictedAs');
export const isTaggable = (type: string): type is TaggableType => isResourceType(type) && has(type, 'tags');
export const isVersioned = (type: string): boolean => isResourceType(type) && has(type, 'versioned');

/** Each of a kind's words with the kind. @throws Error for one that two kinds claim: then nobody knows which is meant */
function byWord(part: 'members' | 'searchedBy' | 'filterKeys' | 'foundBy', write = (word: string) => word) {
  const found = new Map<string, NamedKind>();
  for (const [type, kind] of Object.entries({ ...resources, override })) {
    for (const word of (kind as Partial<Kind>)[part] ?? []) {
      if (found.has(write(word))) throw new Error(`Both ${found.get(write(word))} and ${type} declare ${word}.`);
      found.set(write(word), type as NamedKind);
    }
  }
  return found;
}

/** What each member of a request names. */
export const kindByMember: ReadonlyMap<string, NamedKind> = byWord('members');
/** The same of the field of a StringCondition, in lower case. */
export const kindByField: ReadonlyMap<string, NamedKind> = byWord('searchedBy', (field) => field.toLowerCase());
/** The same of the values beside a FilterKey. */
export const kindByFilter: ReadonlyMap<string, NamedKind> = byWord('filterKeys');
/** The same of the field resourceID in a search. */
export const kindBySearch: ReadonlyMap<string, NamedKind> = byWord('foundBy');
