import { type RegisteredRouter, useLocation, useRouter, type ValidateNavigateOptions } from '@tanstack/react-router';

/** A page with its params and search; one that does not exist, or lacks a param, does not compile. */
export type Target<TOptions = unknown> = ValidateNavigateOptions<RegisteredRouter, TOptions>;

/** The address of a page, as the address bar and links have it. */
export function useHref(): <const TOptions>(target: Target<TOptions>) => string {
  const router = useRouter();
  return (target) => router.buildLocation(target as Target).publicHref;
}

/** Goes to a page; `replace` leaves no step to go back to. */
export function useGo(): <const TOptions>(target: Target<TOptions>) => void {
  const router = useRouter();
  return (target) => void router.navigate(target as Target);
}

/** Goes to an address of this website: one that a link has, or that was wanted before sign-in. */
export function useFollow(): (href: string, options?: { readonly replace?: boolean }) => void {
  const router = useRouter();
  return (href, options) => {
    if (options?.replace) router.history.replace(href);
    else router.history.push(href);
  };
}

/** The present address, path and query, as links write it. */
export function useHere(): string {
  return useLocation({ select: (location) => location.publicHref });
}
