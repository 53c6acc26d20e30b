import { type RegisteredRouter, useLocation, useRouter, type ValidateNavigateOptions } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useKept } from '../components/kept.ts';

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

/** By their paths, the addresses with which pages were left that say more than the path: filters, order, page. */
const useLeft = () => useKept<Readonly<Record<string, string>>>('addresses', {});

/** Keeps the present address for `useReturn`. */
export function useKeepAddress(): void {
  const here = useHere();
  const [left, keep] = useLeft();
  useEffect(() => {
    const [path = '', search] = here.split('?', 2);
    const { [path]: before, ...others } = left;
    const now = search ? here : undefined;
    if (before !== now) keep(now === undefined ? others : { ...others, [path]: now });
  });
}

/** The address of a page as it was left: who goes back up to a list finds it filtered and sorted as before. */
export function useReturn(): (href: string) => string {
  const [left] = useLeft();
  return (href) => left[href] ?? href;
}

/** Goes to a page as it was left. */
export function useGoBack(): <const TOptions>(target: Target<TOptions>) => void {
  const href = useHref();
  const asLeft = useReturn();
  const follow = useFollow();
  return (target) => follow(asLeft(href(target)));
}
