import { instanceArn, isUuid } from '../../../operations/arn.ts';
import { instanceId, range } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import type { Instance } from '../../../operations/instance.ts';
import { statusOf } from '../../../operations/instance.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { listInstances as instancesOf } from '../store.ts';

/** What DescribeInstance and ListInstances have in common. */
const summaryOf = (instance: Instance, { publicUrl, now }: { readonly publicUrl: string; readonly now: Date }) => ({
  Id: instance.id,
  Arn: instanceArn(instance),
  IdentityManagementType: instance.identityManagementType,
  InstanceAlias: instance.alias ?? undefined,
  CreatedTime: instance.createdTime,
  ServiceRole: `arn:aws:iam::${instance.accountId}:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect`,
  InstanceStatus: statusOf(instance, now),
  InboundCallsEnabled: instance.inboundCallsEnabled,
  OutboundCallsEnabled: instance.outboundCallsEnabled,
  InstanceAccessUrl: `${publicUrl}/console/`,
});

export const describeInstance = defineRead('DescribeInstance', {
  permission: 'ANY_USER',
  constraints: instanceId,
  duringCreation: true,
  handler: async (context) => ({
    Instance: { ...summaryOf(context.instance, context), Tags: { ...context.instance.tags } },
  }),
});

export const listInstances = defineRead('ListInstances', {
  permission: 'ACCESS_KEY_ONLY',
  constraints: { MaxResults: range(1, 10) },
  handler: async (context, input) => {
    const size = input.MaxResults ?? 10;
    const rows = await instancesOf(context.db, context.region, context.now, startOf(input.NextToken), size + 1);
    const page = pageOfRows(rows, size, 'instances', (row) => [row.createdTime.getTime(), row.id]);
    return {
      InstanceSummaryList: page.rows.map((row) => summaryOf(row, context)),
      NextToken: page.nextToken,
    };
  },
});

function startOf(token: string | undefined): { createdTime: Date; id: string } | null {
  const key = decodeToken('instances', token, 2);
  if (!key) return null;
  const [time, id] = key;
  const createdTime = new Date(Number(time));
  const possible = createdTime.getTime() > 0;
  if (!possible || typeof id !== 'string' || !isUuid(id)) throw unusableToken();
  return { createdTime, id };
}
