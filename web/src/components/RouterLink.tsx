import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { type Target, useFollow, useHref, useReturn } from '../routes/navigation.ts';

interface RouterLinkProps<TOptions> extends LinkProps {
  readonly to: Target<TOptions>;
  /** To the page as it was left, with its filters. */
  readonly back?: boolean;
}

/** A link to another page of this website: no reload, and a new tab when the user asks for one. */
export function RouterLink<const TOptions>({ to, back = false, ...rest }: RouterLinkProps<TOptions>) {
  const follow = useFollow();
  const plain = useHref()(to);
  const asLeft = useReturn();
  const href = back ? asLeft(plain) : plain;
  return (
    <Link
      {...rest}
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        follow(href);
      }}
    />
  );
}
