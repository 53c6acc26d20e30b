/** Without a sign of its user for so long, a page counts as idle. */
const idleMilliseconds = 60_000;

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

let lastSign = Date.now();

export function watchActivity(target: Pick<EventTarget, 'addEventListener'>): void {
  const seen = () => {
    lastSign = Date.now();
  };
  for (const sign of signs) target.addEventListener(sign, seen, { capture: true, passive: true });
}

export const isIdle = (now = Date.now()): boolean => now - lastSign > idleMilliseconds;
