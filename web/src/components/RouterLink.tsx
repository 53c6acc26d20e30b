import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { useGo } from '../routes/navigation.ts';

/** A link to another page of this website: no reload, and a new tab when the user asks for one. */
export function RouterLink({ href, ...rest }: LinkProps & { readonly href: string }) {
  const go = useGo();
  return (
    <Link
      {...rest}
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        go(href);
      }}
    />
  );
}
