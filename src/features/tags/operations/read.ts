import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { mayView, resourceIn } from '../rules.ts';
import { findTagged } from '../store.ts';
import { instanceOf, resourceArn } from '../tagged.ts';

export const listTags = defineRead('ListTagsForResource', {
  permission: (input) => mayView(input.resourceArn),
  constraints: resourceArn,
  handler: async (context, input) => {
    const resource = resourceIn(input.resourceArn);
    const tagged = await findTagged(context.db, instanceOf(context).id, resource);
    if (!tagged) throw notFound(resource.type, resource.id);
    return { tags: tagged.tags };
  },
});
