import { instanceArn, isUuid } from '../../operations/arn.ts';
import { instanceId, range } from '../../operations/constraints.ts';
import { defineRead, type Operation } from '../../operations/define-operation.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../operations/paging.ts';
import { listInstances } from './store.ts';
import type { Instance } from './types.ts';

/** What DescribeInstance and ListInstances have in common. */
const summaryOf = (instance: Instance, publicUrl: string) => ({
  Id: instance.id,
  Arn: instanceArn(instance),
  IdentityManagementType: instance.identityManagementType,
  InstanceAlias: instance.alias ?? undefined,
  CreatedTime: instance.createdTime,
  ServiceRole: `arn:aws:iam::${instance.accountId}:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect`,
  InstanceStatus: instance.status,
  InboundCallsEnabled: instance.inboundCallsEnabled,
  OutboundCallsEnabled: instance.outboundCallsEnabled,
  InstanceAccessUrl: `${publicUrl}/console/`,
});

const describeInstance = defineRead('DescribeInstance', {
  permission: 'ANY_USER',
  constraints: instanceId,
  handler: async ({ instance, publicUrl }) => ({
    Instance: { ...summaryOf(instance, publicUrl), Tags: { ...instance.tags } },
  }),
});

const listAll = defineRead('ListInstances', {
  permission: 'ACCESS_KEY_ONLY',
  constraints: { MaxResults: range(1, 10) },
  handler: async ({ db, region, publicUrl }, input) => {
    const size = input.MaxResults ?? 10;
    const rows = await listInstances(db, region, startOf(input.NextToken), size + 1);
    const page = pageOfRows(rows, size, 'instances', (row) => [row.createdTime.getTime(), row.id]);
    return {
      InstanceSummaryList: page.rows.map((row) => summaryOf(row, publicUrl)),
      NextToken: page.nextToken,
    };
  },
});

function startOf(token: string | undefined): { createdTime: Date; id: string } | null {
  const key = decodeToken('instances', token, 2);
  if (!key) return null;
  const [time, id] = key;
  const createdTime = new Date(Number(time));
  if (Number.isNaN(createdTime.getTime()) || typeof id !== 'string' || !isUuid(id)) throw unusableToken();
  return { createdTime, id };
}

export const instanceOperations: readonly Operation[] = [describeInstance, listAll];
