import { useEffect, useRef, useState } from 'react';

/**
 * Text that is typed at once and told after a pause. When the told text changes elsewhere (back, a cleared filter), the
 * typed text follows.
 */
export function useDebounced(
  told: string,
  tell: (text: string) => void,
  pause = 300,
): [string, (text: string) => void] {
  const [typed, setTyped] = useState(told);
  const sent = useRef(told);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    if (told === sent.current) return;
    sent.current = told;
    setTyped(told);
  }, [told]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      latest.current(typed);
    }, pause);
    return () => clearTimeout(timer);
  }, [typed, pause]);
  return [typed, setTyped];
}
