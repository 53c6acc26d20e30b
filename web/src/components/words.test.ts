import { expect, test } from 'vitest';
import { agentName, countOf, formatDuration, listOf, spoken, withinSentence } from './words.ts';

test('a count agrees with its noun and is grouped in thousands', () => {
  expect(countOf(1, 'user')).toBe('1 user');
  expect(countOf(0, 'user')).toBe('0 users');
  expect(countOf(12_000, 'quick connect')).toBe('12,000 quick connects');
});

test('a list names a few and counts the rest', () => {
  expect(listOf(['A'])).toBe('A');
  expect(listOf(['A', 'B'])).toBe('A and B');
  expect(listOf(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C and 2 more');
});

test('a duration is hours, minutes and seconds', () => {
  expect([0, 59.6, 3599, 90_061].map(formatDuration)).toEqual(['00:00:00', '00:01:00', '00:59:59', '25:01:01']);
});

test('names and words of records are written as people read them', () => {
  expect(agentName({ FirstName: 'Ana', LastName: 'Silva' })).toBe('Silva, Ana');
  expect([agentName({ FirstName: '', LastName: 'Silva' }), agentName({})]).toEqual(['Silva', '']);
  expect(['VOICE', 'CUSTOMER_DISCONNECT', ''].map(spoken)).toEqual(['Voice', 'Customer disconnect', '']);
  expect(['API', 'TELECOM_API'].map(spoken)).toEqual(['API', 'Telecom API']);
  expect(['Queue transfer', 'API', 'WebRTC API'].map(withinSentence)).toEqual(['queue transfer', 'API', 'WebRTC API']);
});
