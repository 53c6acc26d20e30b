import { expect, test } from 'vitest';
import { activitySearch } from './activity-state.ts';

test('an address holds a whole report, and nothing that is none', () => {
  const report = { agent: '0f14d0ab-9605-4a62-a9e4-5ed26688389b', day: '2026-03-29', zone: 'Europe/Berlin' };
  expect(activitySearch(report)).toEqual(report);
  expect(activitySearch({ agent: '', day: '2026-02-30', zone: 'Mars/Base', other: 'x' })).toEqual({});
  expect(activitySearch({ agent: ['a', 'b'], day: 5 })).toEqual({});
});
