import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { useGo } from '../routes/navigation.ts';

/** A button that leads to another page. Disabled, it is no link any more. */
export function RouterButton({ href, ...rest }: ButtonProps & { readonly href: string }) {
  const go = useGo();
  if (rest.disabled) return <Button {...rest} />;
  return (
    <Button
      {...rest}
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        go(href);
      }}
    />
  );
}
