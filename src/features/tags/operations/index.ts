import { isDeepStrictEqual } from 'node:util';
import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { length, tagKeys, tagMap } from '../../../operations/constraints.ts';
import {
  type AccountContext,
  defineRead,
  defineWrite,
  type InstanceContext,
} from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { mayEdit, mayView, resourceIn, withoutTags, withTags } from '../rules.ts';
import { findTagged, lockTagged, setTags } from '../store.ts';
import { searchResourceTags } from './search.ts';

interface Input {
  readonly resourceArn: string;
}

/** The runner has found the instance by the ARN of the resource; the types cannot know. */
const instanceOf = (context: AccountContext | AccountContext<Tx>) => (context as InstanceContext<never>).instance;

async function change(
  context: AccountContext<Tx>,
  { resourceArn }: Input,
  make: (before: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
) {
  const { db, now, region } = context;
  const resource = resourceIn(resourceArn);
  const tagged = await lockTagged(db, instanceOf(context).id, resource);
  if (!tagged) throw notFound(resource.type, resource.id);
  const after = make(tagged.tags);
  const named = { id: resource.id, name: tagged.name };
  if (isDeepStrictEqual(after, tagged.tags)) return updated(resource.type, named, null);
  await setTags(db, resource, after, { now, region });
  return updated(resource.type, named, { Tags: { Old: tagged.tags, New: after } });
}

const resourceArn = { resourceArn: length(1, 500) };

const tagResource = defineWrite('TagResource', {
  permission: (input) => mayEdit(input.resourceArn),
  constraints: { ...resourceArn, ...tagMap('tags') },
  handler: (context, input) => change(context, input, (before) => withTags(before, input.tags)),
});

const untagResource = defineWrite('UntagResource', {
  permission: (input) => mayEdit(input.resourceArn),
  constraints: { ...resourceArn, ...tagKeys('tagKeys') },
  handler: (context, input) => change(context, input, (before) => withoutTags(before, input.tagKeys)),
});

const listTags = defineRead('ListTagsForResource', {
  permission: (input) => mayView(input.resourceArn),
  constraints: resourceArn,
  handler: async (context, input) => {
    const resource = resourceIn(input.resourceArn);
    const tagged = await findTagged(context.db, instanceOf(context).id, resource);
    if (!tagged) throw notFound(resource.type, resource.id);
    return { tags: tagged.tags };
  },
});

export const tagOperations = [tagResource, untagResource, listTags, searchResourceTags] as const;
