import { type SqlBool, sql } from 'kysely';
import { arnOf } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId, items, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { andAll, criteriaCondition, tagFilterCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { configOf } from '../rules.ts';
import { findQuickConnect, listQuickConnects, searchQuickConnects } from '../store.ts';
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
  permission: resources['transfer-destination'].sees,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.QuickConnectId;
    const quickConnect = await findQuickConnect(db, instance.id, id);
    if (!quickConnect) throw notFound('transfer-destination', id);
    return { QuickConnect: whole(instance, quickConnect) };
  },
});

export const list = defineRead('ListQuickConnects', {
  permission: resources['transfer-destination'].sees,
  constraints: { ...instanceId, ...pageOf(1000), QuickConnectTypes: items(0, 4) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('quick-connects', input);
    const types = input.QuickConnectTypes ?? [];
    const condition = types.length > 0 ? sql<SqlBool>`type = any(${types}::text[])` : sql<SqlBool>`true`;
    const { items: found, nextToken } = await listQuickConnects(db, instance.id, condition, page);
    return {
      QuickConnectSummaryList: found.map((one) => ({
        ...shownSummary(instance, 'transfer-destination', one),
        QuickConnectType: one.target.type,
      })),
      NextToken: nextToken,
    };
  },
});

export const search = defineRead('SearchQuickConnects', {
  permission: resources['transfer-destination'].sees,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('found-quick-connects', input);
    const { TagFilter } = input.SearchFilter ?? {};
    const condition = andAll([
      criteriaCondition(input.SearchCriteria, ({ StringCondition: leaf }) =>
        leaf ? [fieldCondition(resourceFields, leaf)] : [],
      ),
      ...(TagFilter ? [tagFilterCondition(sql.ref('tags'), TagFilter)] : []),
    ]);
    const { items: found, nextToken, count } = await searchQuickConnects(db, instance.id, condition, page);
    return {
      QuickConnects: found.map((one) => whole(instance, one)),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
