import { createHash } from 'node:crypto';
import { arnOf } from '../../operations/arn.ts';
import type { Connect } from '../../operations/connect-types.ts';
import { instanceId, items, length, oneOf, pageOf } from '../../operations/constraints.ts';
import { defineRead, type Operation } from '../../operations/define-operation.ts';
import { notFound, OperationError } from '../../operations/errors.ts';
import { cutByName, namePage } from '../../operations/name-paging.ts';
import { flowIn, seesFlowNames, seesFlows } from './rules.ts';
import { findContactFlow, listContactFlows } from './store.ts';
import { flowTypes } from './types.ts';

const list = defineRead('ListContactFlows', {
  permission: seesFlowNames,
  constraints: {
    ...instanceId,
    ...pageOf(1000),
    ContactFlowTypes: items(0, 10),
    'ContactFlowTypes[]': oneOf(...flowTypes),
  },
  handler: async ({ db, instance }, input) => {
    const page = namePage('contact-flows', input);
    const found = await listContactFlows(db, instance.id, input.ContactFlowTypes ?? [], page);
    const { rows, nextToken } = cutByName(page, found);
    return {
      ContactFlowSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'contact-flow', row.id),
        Name: row.name,
        ContactFlowType: row.type as Connect.ContactFlowType,
        ContactFlowState: row.state,
        ContactFlowStatus: row.status,
      })),
      NextToken: nextToken,
    };
  },
});

const describe = defineRead('DescribeContactFlow', {
  permission: seesFlows,
  constraints: { ...instanceId, ContactFlowId: length(1, 500) },
  approximate: 'A flow has one content; versions are not kept.',
  handler: async ({ db, instance }, input) => {
    const { id, saved } = flowIn(input.ContactFlowId, instance);
    const row = await findContactFlow(db, instance.id, id);
    if (!row) throw notFound('flow', id);
    if (row.status === 'SAVED' && !saved) {
      throw new OperationError(
        'ContactFlowNotPublishedException',
        `The flow ${id} has not been published. Put :$SAVED behind its id to see what was saved.`,
      );
    }
    return {
      ContactFlow: {
        Id: row.id,
        Arn: arnOf(instance, 'contact-flow', row.id),
        Name: row.name,
        Type: row.type as Connect.ContactFlowType,
        State: row.state,
        Status: row.status,
        Description: row.description ?? undefined,
        Content: row.content,
        FlowContentSha256: createHash('sha256').update(row.content).digest('hex'),
        Tags: row.tags,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      },
    };
  },
});

export const flowOperations: readonly Operation[] = [list, describe];
