import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { type Target, useFollow, useHref } from '../routes/navigation.ts';

/** A link to another page of this website: no reload, and a new tab when the user asks for one. */
export function RouterLink<const TOptions>({ to, ...rest }: LinkProps & { readonly to: Target<TOptions> }) {
  const follow = useFollow();
  const href = useHref()(to);
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
