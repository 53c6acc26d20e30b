import type { PermissionId } from '../../access/permissions.ts';
import { resourceOf } from '../../operations/arn.ts';
import type { PermissionRule } from '../../operations/define-operation.ts';
import { invalidParameter, OperationError } from '../../operations/errors.ts';
import { isTaggable, resources, type TaggableType, taggableTypes } from '../../resources/resources.ts';

/** Tags that a resource may have, for every type (AWS tagging rules). */
export const mostTags = 50;

/** ResourceTypes of SearchResourceTags that are known and of which there are none here. */
const searchedInVain = ['prompt', 'metric'];

interface Searchable {
  readonly type: TaggableType;
  readonly table: string;
  readonly view: readonly PermissionId[];
  readonly searchedAs: string;
}

/** Those that SearchResourceTags can look at. */
const searchable: readonly Searchable[] = taggableTypes.flatMap((type) => {
  const { table, tags } = resources[type];
  return 'searchedAs' in tags ? [{ type, table, view: tags.view, searchedAs: tags.searchedAs }] : [];
});

export const searchedTypes: readonly string[] = [...searchable.map(({ searchedAs }) => searchedAs), ...searchedInVain];

/** What a search for tags goes through: all of it when none is named. */
export function searchedIn(resourceTypes: readonly string[] | undefined) {
  const wanted = resourceTypes?.length ? resourceTypes : searchedTypes;
  return searchable.filter(({ searchedAs }) => wanted.includes(searchedAs));
}

/** What a resourceArn names. The instance itself is a resource too. */
export interface TaggedResource {
  readonly type: TaggableType | 'instance';
  readonly id: string;
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
  return type === 'instance' ? 'ANY_USER' : resources[type].tags.view;
}

export function mayEdit(resourceArn: string): PermissionRule {
  const { type } = resourceIn(resourceArn);
  return type === 'instance' ? 'ACCESS_KEY_ONLY' : resources[type].tags.edit;
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
