import type { ReactNode } from 'react';

/** The words that a date has for its name, to be seen too, where a select has them. */
export function FloatingLabel({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="floating-label">
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}
