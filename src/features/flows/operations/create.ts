import { randomUUID } from 'node:crypto';
import { creationOf } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { withUniqueName } from '../../../operations/unique-name.ts';
import { names } from '../constraints.ts';
import { checkFlow, contentLength, sha256 } from '../content.ts';
import { snapshotOf } from '../snapshots.ts';
import { insertContactFlows } from '../store.ts';

export const createContactFlow = defineWrite('CreateContactFlow', {
  permission: 'ContactFlows.Create',
  constraints: { ...instanceId, ...names, ...newTags, Content: contentLength },
  handler: async ({ db, instance, now, region }, input) => {
    const status = input.Status ?? 'PUBLISHED';
    if (status === 'PUBLISHED') checkFlow(input.Content);
    await requireRoom(db, instance.id, 'contact-flow');
    const id = randomUUID();
    const made = {
      id,
      instanceId: instance.id,
      name: input.Name,
      type: input.Type,
      description: input.Description || null,
      content: input.Content,
      status,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await withUniqueName(
      { constraint: 'contact_flow_name_key', kind: 'flow', name: input.Name },
      insertContactFlows(db, [made]),
    );
    const FlowContentSha256 = sha256(input.Content);
    return {
      output: { ContactFlowId: id, ContactFlowArn: arnOf(instance, 'contact-flow', id), FlowContentSha256 },
      changes: [creationOf('contact-flow', made, snapshotOf({ ...made, state: 'ACTIVE' }))],
    };
  },
});
