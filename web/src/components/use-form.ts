import { useRef, useState } from 'react';

type Errors<V> = Partial<Record<keyof V & string, string>>;

export interface FormState<V> {
  readonly values: V;
  /** What to show now: fields that were left, or all after an attempt to submit; and what the server refused. */
  readonly errors: Errors<V>;
  readonly change: (next: Partial<V>) => void;
  readonly leave: (field: keyof V & string) => void;
}

let pressed = false;
window.addEventListener('pointerdown', () => (pressed = true), true);
for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, () => (pressed = false), true);

/** At once, or when the mouse button that took the focus away is up: nothing may move under the pointer in between. */
function afterPress(act: () => void): void {
  if (!pressed) act();
  else window.addEventListener('pointerup', () => setTimeout(act), { once: true });
}

/** The values of a form with their errors, shown when a field was left or the form submitted. */
export function useForm<V extends object>(initial: V, check: (values: V) => Errors<V>) {
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const [refused, setRefused] = useState<Errors<V>>({});
  const form = useRef<HTMLFormElement>(null);
  const wrong = check(values);
  const shown = Object.fromEntries(
    Object.entries(wrong).filter(([field]) => submitted || left.has(field)),
  ) as Errors<V>;

  const focusOn = (errors: Errors<V>) => {
    // After the render that shows the errors: a field may only then be there.
    requestAnimationFrame(() => {
      for (const place of form.current?.querySelectorAll<HTMLElement>('[data-field]') ?? []) {
        if (!(String(place.dataset.field) in errors)) continue;
        place.querySelector<HTMLElement>('input, textarea, button')?.focus();
        return;
      }
    });
  };

  return {
    form,
    state: {
      values,
      errors: { ...shown, ...refused },
      change: (next: Partial<V>) => {
        setValues((now) => ({ ...now, ...next }));
        setRefused((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in next))) as Errors<V>);
      },
      leave: (field: string) => afterPress(() => setLeft((now) => new Set(now).add(field))),
    } satisfies FormState<V>,
    /** Whether it may be sent; if not, the first wrong field has the focus. */
    trySubmit: (): boolean => {
      setSubmitted(true);
      setRefused({});
      if (Object.keys(wrong).length === 0) return true;
      focusOn(wrong);
      return false;
    },
    /** Puts the server's refusal on its field. */
    refuse: (field: keyof V & string, message: string) => {
      const next = { [field]: message } as Errors<V>;
      setRefused(next);
      focusOn(next);
    },
  };
}
