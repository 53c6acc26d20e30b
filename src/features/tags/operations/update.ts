import { isDeepStrictEqual } from 'node:util';
import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { tagKeys, tagMap } from '../../../operations/constraints.ts';
import { type AccountContext, defineWrite } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { mayEdit, resourceIn, withoutTags, withTags } from '../rules.ts';
import { lockTagged, setTags } from '../store.ts';
import { instanceOf, resourceArn } from '../tagged.ts';

interface Input {
  readonly resourceArn: string;
}

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

export const tagResource = defineWrite('TagResource', {
  permission: (input) => mayEdit(input.resourceArn),
  constraints: { ...resourceArn, ...tagMap('tags') },
  handler: (context, input) => change(context, input, (before) => withTags(before, input.tags)),
});

export const untagResource = defineWrite('UntagResource', {
  permission: (input) => mayEdit(input.resourceArn),
  constraints: { ...resourceArn, ...tagKeys('tagKeys') },
  handler: (context, input) => change(context, input, (before) => withoutTags(before, input.tagKeys)),
});
