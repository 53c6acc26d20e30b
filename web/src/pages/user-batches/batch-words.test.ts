import { expect, test } from 'vitest';
import type { BatchStatus, UserBatch } from '../../api/types.ts';
import { bannerFacts, bannerHeader, progressOf, requestedBy, retryRefusal } from './batch-words.ts';

function batch(Status: BatchStatus, counts: Partial<UserBatch['Counts']>, more: Partial<UserBatch> = {}): UserBatch {
  return {
    Id: 'b',
    Arn: 'arn',
    Type: 'DELETION',
    Status,
    Counts: { Requested: 40, Succeeded: 0, Failed: 0, Stopped: 0, Remaining: 0, QuickConnectsDeleted: 0, ...counts },
    RequestedBy: { Type: 'USER', Id: 'u', Name: 'maria' },
    CreatedTime: 0,
    Dismissed: false,
    RetryableCount: 0,
    ...more,
  };
}

test('each state has its headline', () => {
  expect(bannerHeader(batch('QUEUED', { Remaining: 40 }))).toBe('Deleting 40 users');
  expect(bannerHeader(batch('PAUSED', { Succeeded: 10, Remaining: 30 }))).toBe(
    'Deletion of 40 users is paused: 30 still to do',
  );
  expect(bannerHeader(batch('STOPPED', { Succeeded: 10, Stopped: 30 }))).toBe(
    'Deletion of 40 users was stopped: 10 deleted, 30 left as they were',
  );
  expect(bannerHeader(batch('COMPLETED', { Succeeded: 40 }))).toBe('40 users were deleted');
  expect(bannerHeader(batch('COMPLETED', { Requested: 1, Succeeded: 1 }))).toBe('1 user was deleted');
  expect(bannerHeader(batch('COMPLETED_WITH_FAILURES', { Succeeded: 37, Failed: 3 }))).toBe(
    '3 of 40 users were not deleted',
  );
});

test('the facts say what became of the rest', () => {
  expect(bannerFacts(batch('COMPLETED', { Succeeded: 40, QuickConnectsDeleted: 12 }))).toEqual([
    '12 quick connects deleted',
  ]);
  expect(bannerFacts(batch('COMPLETED_WITH_FAILURES', { Succeeded: 37, Failed: 3 }))).toEqual(['37 deleted']);
  expect(bannerFacts(batch('IN_PROGRESS', { Succeeded: 5, Failed: 2, Remaining: 33 }))).toEqual(['2 not deleted']);
});

test('progress is what is done: what stopping left as it was does not count', () => {
  expect(progressOf(batch('STOPPED', { Succeeded: 10, Stopped: 30 }))).toBe(25);
  expect(progressOf(batch('IN_PROGRESS', { Requested: 1000, Succeeded: 999, Remaining: 1 }))).toBe(99);
  expect(progressOf(batch('COMPLETED_WITH_FAILURES', { Succeeded: 37, Failed: 3 }))).toBe(100);
});

test('whose batch it is, is said', () => {
  expect(requestedBy(batch('QUEUED', {}), 'u')).toBe('you');
  expect(requestedBy(batch('QUEUED', {}), 'somebody else')).toBe('maria');
  const byKey = batch('QUEUED', {}, { RequestedBy: { Type: 'ACCESS_KEY', Id: 'AKIA1', Name: 'AKIA1' } });
  expect(requestedBy(byKey, 'u')).toBe('access key AKIA1');
});

test('failed records may be tried again, once', () => {
  expect(retryRefusal(batch('COMPLETED_WITH_FAILURES', { Failed: 3 }))).toBeNull();
  expect(retryRefusal(batch('COMPLETED', {}))).not.toBeNull();
  expect(retryRefusal(batch('COMPLETED_WITH_FAILURES', { Failed: 3 }, { RetriedBy: 'c' }))).not.toBeNull();
});
