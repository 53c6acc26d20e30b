import { arnOf, takenOver } from '../../../operations/arn.ts';
import { instanceId, items, length, oneOf, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { OperationError } from '../../../operations/errors.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { unusableToken } from '../../../operations/paging.ts';
import { resources } from '../../../resources/resources.ts';
import { shownFlow } from '../answer.ts';
import { flowIn, listContactFlows } from '../store.ts';
import { flowTypes } from '../types.ts';

export const listFlows = defineRead('ListContactFlows', {
  permission: resources['contact-flow'].seesNames,
  constraints: {
    ...instanceId,
    ...pageOf(1000),
    ContactFlowTypes: items(0, 10),
    'ContactFlowTypes[]': oneOf(...flowTypes),
  },
  handler: async ({ db, instance }, input) => {
    const page = namePage('contact-flows', input);
    const { items: flows, nextToken } = await listContactFlows(db, instance.id, input.ContactFlowTypes ?? [], page);
    return {
      ContactFlowSummaryList: flows.map((flow) => ({
        Id: flow.id,
        Arn: arnOf(instance, 'contact-flow', flow.id),
        Name: flow.name,
        ContactFlowType: flow.type,
        ContactFlowState: flow.state,
        ContactFlowStatus: flow.status,
      })),
      NextToken: nextToken,
    };
  },
});

export const describeContactFlow = defineRead('DescribeContactFlow', {
  permission: resources['contact-flow'].sees,
  constraints: { ...instanceId, ContactFlowId: length(1, 500) },
  approximate: 'Of a flow there is what is published and what was saved last; versions are not kept.',
  handler: async ({ db, instance }, input) => {
    const { id, saved } = takenOver(input.ContactFlowId);
    const flow = await flowIn(db, instance, id);
    if (flow.status === 'SAVED' && !saved) {
      throw new OperationError(
        'ContactFlowNotPublishedException',
        `The flow ${id} has not been published. Put :$SAVED behind its id to see what was saved.`,
      );
    }
    return { ContactFlow: shownFlow(instance, flow, saved) };
  },
});

export const listContactFlowVersions = defineRead('ListContactFlowVersions', {
  permission: resources['contact-flow'].sees,
  constraints: { ...instanceId, ...pageOf(1000) },
  approximate: 'Versions are not kept, so a flow has none.',
  handler: async ({ db, instance }, input) => {
    const { id } = takenOver(input.ContactFlowId);
    await flowIn(db, instance, id);
    if (input.NextToken !== undefined) throw unusableToken();
    return { ContactFlowVersionSummaryList: [] };
  },
});
