import { expect, test } from 'vitest';
import { isIdle, watchActivity } from './activity.ts';

test('a page is idle a minute after the last sign of its user', () => {
  const page = new EventTarget();
  watchActivity(page);
  for (const sign of ['keydown', 'pointermove']) {
    page.dispatchEvent(new Event(sign));
    expect([isIdle(Date.now() + 55_000), isIdle(Date.now() + 65_000)]).toEqual([false, true]);
  }
});
