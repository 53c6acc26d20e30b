import { instanceId, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { resources } from '../../../resources/resources.ts';
import { noSuchAttribute, shownAttribute } from '../answer.ts';
import { nameConstraint } from '../rules.ts';
import { findPredefinedAttribute, listPredefinedAttributes } from '../store.ts';

export const describeAttribute = defineRead('DescribePredefinedAttribute', {
  permission: resources['predefined-attribute'].sees,
  constraints: { ...instanceId, ...nameConstraint },
  handler: async ({ db, instance }, input) => {
    const attribute = await findPredefinedAttribute(db, instance.id, input.Name);
    if (!attribute) throw noSuchAttribute(input.Name);
    return { PredefinedAttribute: shownAttribute(attribute) };
  },
});

export const listAttributes = defineRead('ListPredefinedAttributes', {
  permission: resources['predefined-attribute'].sees,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('predefined-attributes', input);
    const { items, nextToken } = await listPredefinedAttributes(db, instance.id, undefined, page);
    return {
      PredefinedAttributeSummaryList: items.map((attribute) => ({
        Name: attribute.name,
        LastModifiedTime: attribute.lastModifiedTime,
        LastModifiedRegion: attribute.lastModifiedRegion,
      })),
      NextToken: nextToken,
    };
  },
});
