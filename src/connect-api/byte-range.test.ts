import { expect, test } from 'vitest';
import { wantedOf } from './byte-range.ts';

const modified = new Date('2026-01-05T09:00:00Z');
const stored = { size: 100, etag: '"abc"', modified };
const whole = { status: 200, start: 0, end: 99 };
const wanted = (headers: Record<string, string>, method = 'GET') => wantedOf(method, headers, stored);

test.each<[string, object]>([
  ['bytes=0-0', { status: 206, start: 0, end: 0 }],
  ['bytes=10-19', { status: 206, start: 10, end: 19 }],
  ['bytes=10-', { status: 206, start: 10, end: 99 }],
  ['bytes=99-', { status: 206, start: 99, end: 99 }],
  ['bytes=0-999999', { status: 206, start: 0, end: 99 }],
  ['bytes=-1', { status: 206, start: 99, end: 99 }],
  ['bytes=-1000', { status: 206, start: 0, end: 99 }],
  ['bytes=100-', { status: 416 }],
  ['bytes=100-200', { status: 416 }],
  ['bytes=999999999999999-', { status: 416 }],
  ['bytes=-0', { status: 416 }],
  // Whatever cannot be read is as if it were not there (RFC 9110, 14.2).
  ['bytes=-', whole],
  ['bytes=5-4', whole],
  ['bytes=a-b', whole],
  ['bytes=0-1,5-6', whole],
  ['bytes=0x1-2', whole],
  ['bytes=9999999999999999999999-', whole],
  ['lines=0-1', whole],
  ['', whole],
])('the range "%s" of 100 bytes', (range, answer) => {
  expect(wanted({ range })).toEqual(answer);
});

test('a range is of the file that If-Range names, else it is the whole', () => {
  const range = 'bytes=1-2';
  const part = { status: 206, start: 1, end: 2 };
  expect(wanted({ range, 'if-range': '"abc"' })).toEqual(part);
  expect(wanted({ range, 'if-range': 'Mon, 05 Jan 2026 09:00:00 GMT' })).toEqual(part);
  for (const other of ['"abd"', 'W/"abc"', 'Mon, 05 Jan 2026 09:00:01 GMT', 'nonsense', '']) {
    expect(wanted({ range, 'if-range': other })).toEqual(whole);
  }
});

test('HEAD is of the whole; preconditions come before ranges', () => {
  const range = 'bytes=1000-';
  expect(wanted({ range }, 'HEAD')).toEqual(whole);
  expect(wanted({ range, 'if-none-match': '"x", W/"abc"' })).toEqual({ status: 304 });
  expect(wanted({ range, 'if-none-match': '*' })).toEqual({ status: 304 });
  expect(wanted({ range, 'if-match': '"x"' })).toEqual({ status: 412 });
  expect(wanted({ range, 'if-match': 'W/"abc"' })).toEqual({ status: 412 });
  expect(wanted({ 'if-match': '"abc"', 'if-none-match': '"x"' })).toEqual(whole);
});
