import Box from '@cloudscape-design/components/box';
import { type ReactNode, useId } from 'react';

interface NamedListProps {
  readonly name: string;
  /** One `li` each. */
  readonly items: ReactNode;
  /** Behind the last. */
  readonly children?: ReactNode;
}

/** A list in a dialog, under its name, that scrolls when it is long. */
export function NamedList({ name, items, children }: NamedListProps) {
  const id = useId();
  return (
    <div>
      <Box variant="awsui-key-label" id={id}>
        {name}
      </Box>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className="scroll-list" aria-labelledby={id} tabIndex={0}>
        <ul>{items}</ul>
        {children}
      </section>
    </div>
  );
}
