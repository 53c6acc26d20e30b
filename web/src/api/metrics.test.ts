import { expect, test } from 'vitest';
import { groupingKeys, metricDefinitions, metricNames, mostGroupings, notApplicable } from './metrics.ts';

test('every metric has a title and a meaning of its own, and goes with something', () => {
  expect(metricNames).toHaveLength(49);
  for (const words of ['title', 'meaning'] as const) {
    expect(new Set(metricNames.map((name) => metricDefinitions[name][words])).size).toBe(metricNames.length);
  }
  for (const name of metricNames) expect(notApplicable(name, groupingKeys).length).toBeLessThan(groupingKeys.length);
  expect(mostGroupings).toBe(5);
});

test('what agents did cannot be told by queue, and service levels not by agent', () => {
  expect(notApplicable('SUM_ONLINE_TIME_AGENT', ['AGENT', 'QUEUE', 'CHANNEL'])).toEqual(['QUEUE', 'CHANNEL']);
  expect(notApplicable('SERVICE_LEVEL', ['AGENT', 'QUEUE'])).toEqual(['AGENT']);
});
