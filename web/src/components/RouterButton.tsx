import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { type Target, useFollow, useHref } from '../routes/navigation.ts';

/** A button that leads to another page. Disabled, it is no link any more. */
export function RouterButton<const TOptions>({ to, ...rest }: ButtonProps & { readonly to: Target<TOptions> }) {
  const follow = useFollow();
  const href = useHref()(to);
  if (rest.disabled) return <Button {...rest} />;
  return (
    <Button
      {...rest}
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        follow(href);
      }}
    />
  );
}
