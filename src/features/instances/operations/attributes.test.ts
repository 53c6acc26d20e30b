import { expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../../test/support/centre.ts';
import type { Answer } from '../../../../test/support/operations.ts';
import { attributeTypes } from '../rules.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });

const valueIn = async (AttributeType: string) =>
  ((await centre.send('DescribeInstanceAttribute', { AttributeType })) as Answer<'DescribeInstanceAttribute'>).Attribute
    .Value;
const update = (AttributeType: string, Value: string) =>
  centre.send('UpdateInstanceAttribute', { AttributeType, Value, ClientToken: 'the same each time' });

test('every attribute can be read, one by one and in pages of seven at most', async () => {
  const pages = await allPages((NextToken) => centre.call('ListInstanceAttributes', { NextToken }));
  expect(pages.map((page) => page.Attributes?.length)).toEqual([7, 6]);
  const listed = pages.flatMap((page) => page.Attributes ?? []);
  expect(listed.map(({ AttributeType }) => AttributeType)).toEqual(attributeTypes);
  for (const { AttributeType = '', Value } of listed) expect(await valueIn(AttributeType)).toBe(Value);
  const on = listed.filter(({ Value }) => Value === 'true').map(({ AttributeType }) => AttributeType);
  expect(on).toEqual(['INBOUND_CALLS', 'OUTBOUND_CALLS', 'CONTACT_LENS', 'AUTO_RESOLVE_BEST_VOICES', 'EARLY_MEDIA']);
});

test('every attribute can be changed but the one that AWS grants, and only it changes', async () => {
  for (const type of attributeTypes.filter((one) => one !== 'USE_CUSTOM_TTS_VOICES')) {
    const before = await valueIn(type);
    const wanted = before === 'true' ? 'false' : 'true';
    expect(await update(type, wanted)).toEqual({});
    expect(await valueIn(type), type).toBe(wanted);
    await update(type, before ?? '');
    expect(await valueIn(type), type).toBe(before);
  }
  expect(await refusalOf(update('USE_CUSTOM_TTS_VOICES', 'true'))).toBe('AccessDeniedException');
  expect(await valueIn('USE_CUSTOM_TTS_VOICES')).toBe('false');
});

test('whether calls come in and go out is what DescribeInstance shows', async () => {
  await update('INBOUND_CALLS', 'false');
  const calls = { InboundCallsEnabled: false, OutboundCallsEnabled: true };
  expect(await centre.call('DescribeInstance', {})).toMatchObject({ Instance: calls });
  await update('INBOUND_CALLS', 'true');
});

test('a change is audited with both values, and what is so already is not', async () => {
  await update('EARLY_MEDIA', 'false');
  await update('EARLY_MEDIA', 'false');
  const entries = (await centre.history(centre.instance.id)).filter(({ operation }) => operation !== 'CreateInstance');
  expect(entries.map(({ details }) => details)).toContainEqual({
    Changes: { EARLY_MEDIA: { Old: true, New: false } },
  });
  const count = entries.length;
  await update('EARLY_MEDIA', 'true');
  await update('EARLY_MEDIA', 'true');
  expect(await centre.history(centre.instance.id)).toHaveLength(count + 2);
});

test('an attribute that the SDK does not know yet is kept and answered', async () => {
  const type = 'AUTOMATED_INTERACTION_LOG';
  expect(await refusalOf(valueIn(type))).toBe('InvalidParameterException');
  await update(type, 'false');
  expect(await valueIn(type)).toBe('false');
  await update(type, 'true');
  expect(await valueIn(type)).toBe('true');
  const pages = await allPages((NextToken) => centre.call('ListInstanceAttributes', { MaxResults: 5, NextToken }));
  const listed = pages.flatMap((page) => page.Attributes ?? []);
  expect(listed.map(({ AttributeType }) => AttributeType)).toEqual([...attributeTypes, type]);
  expect(listed.at(-1)).toEqual({ AttributeType: type, Value: 'true' });
  expect((await centre.history(centre.instance.id)).at(-1)?.details).toEqual({
    Changes: { [type]: { Old: false, New: true } },
  });
});

test('an instance has a hundred attributes at most', async () => {
  const { db, instance } = centre;
  const attributes = Object.fromEntries(Array.from({ length: 86 }, (_, index) => [`LATER_${index}`, true]));
  await db
    .updateTable('instance')
    .set({ attributes: JSON.stringify(attributes) })
    .where('id', '=', instance.id)
    .execute();
  await update('LATER_86', 'true');
  expect(await refusalOf(update('LATER_87', 'true'))).toBe('InvalidParameterException');
  await update('LATER_86', 'false');
});

test('what is no attribute, no value or no page is refused', async () => {
  const refused = [
    update('EARLY_MEDIA', 'True'),
    update('EARLY_MEDIA', '1'),
    update('EARLY_MEDIA', ''),
    update('late_media', 'true'),
    update('__proto__', 'true'),
    update('A'.repeat(101), 'true'),
    centre.send('DescribeInstanceAttribute', { AttributeType: 'LATE_MEDIA' }),
    centre.call('ListInstanceAttributes', { MaxResults: 8 }),
    centre.call('ListInstanceAttributes', { MaxResults: 0 }),
    centre.call('ListInstanceAttributes', { NextToken: 'nonsense' }),
  ];
  expect(new Set(await Promise.all(refused.map(refusalOf)))).toEqual(new Set(['InvalidParameterException']));
});
