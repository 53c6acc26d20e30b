import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { seesQuickConnects } from '../../../access/sees.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { Checked, Connect } from '../../../operations/connect-types.ts';
import { instanceId, items, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter, notFound } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import {
  andAll,
  criteriaCondition,
  type StringCondition,
  stringCondition,
  tagFilterCondition,
} from '../../../operations/search.ts';
import { configOf } from '../rules.ts';
import { countQuickConnects, findQuickConnect, listQuickConnects } from '../store.ts';
import type { QuickConnect } from '../types.ts';

const whole = (instance: Instance, quickConnect: QuickConnect): Connect.QuickConnect => ({
  QuickConnectId: quickConnect.id,
  QuickConnectARN: arnOf(instance, 'transfer-destination', quickConnect.id),
  Name: quickConnect.name,
  Description: quickConnect.description ?? undefined,
  QuickConnectConfig: configOf(quickConnect.target),
  Tags: { ...quickConnect.tags },
  LastModifiedTime: quickConnect.lastModifiedTime,
  LastModifiedRegion: quickConnect.lastModifiedRegion,
});

/** An orphan is shown unchanged, with the id of the user that is gone, as in Connect. */
export const describe = defineRead('DescribeQuickConnect', {
  permission: seesQuickConnects,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.QuickConnectId;
    const quickConnect = await findQuickConnect(db, instance.id, id);
    if (!quickConnect) throw notFound('quick connect', id);
    return { QuickConnect: whole(instance, quickConnect) };
  },
});

export const list = defineRead('ListQuickConnects', {
  permission: seesQuickConnects,
  constraints: { ...instanceId, ...pageOf(1000), QuickConnectTypes: items(0, 4) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('quick-connects', input);
    const types = input.QuickConnectTypes ?? [];
    const condition = types.length > 0 ? sql<SqlBool>`type = any(${types}::text[])` : sql<SqlBool>`true`;
    const { rows, nextToken } = cutByName(page, await listQuickConnects(db, instance.id, condition, page));
    return {
      QuickConnectSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'transfer-destination', row.id),
        Name: row.name,
        QuickConnectType: row.target.type,
        LastModifiedTime: row.lastModifiedTime,
        LastModifiedRegion: row.lastModifiedRegion,
      })),
      NextToken: nextToken,
    };
  },
});

export const search = defineRead('SearchQuickConnects', {
  permission: seesQuickConnects,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('found-quick-connects', input);
    const { TagFilter } = input.SearchFilter ?? {};
    const condition = andAll([
      criteriaOf(input.SearchCriteria),
      ...(TagFilter ? [tagFilterCondition(sql.ref('tags'), TagFilter)] : []),
    ]);
    const [found, count] = await Promise.all([
      listQuickConnects(db, instance.id, condition, page),
      countQuickConnects(db, instance.id, condition),
    ]);
    const { rows, nextToken } = cutByName(page, found);
    return {
      QuickConnects: rows.map((row) => whole(instance, row)),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});

/** @throws InvalidParameterException for a field that quick connects are not searched by. */
function criteriaOf(criteria: Checked<Connect.QuickConnectSearchCriteria> | undefined): RawBuilder<SqlBool> {
  return criteriaCondition(criteria, (node) => (node.StringCondition ? [fieldCondition(node.StringCondition)] : []));
}

function fieldCondition(condition: StringCondition): RawBuilder<SqlBool> {
  switch (condition.FieldName?.toLowerCase()) {
    case 'name':
      return stringCondition(sql`name`, condition);
    case 'description':
      return stringCondition(sql`coalesce(description, '')`, condition);
    case 'resourceid':
      return stringCondition(sql`id::text`, condition);
    default:
      throw invalidParameter('FieldName must be name, description or resourceID.');
  }
}
