import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMay } from '../api/session.ts';
import { Notice } from '../components/Notice.tsx';
import { pagesOf, placesFor, waysIn } from './page-facts.ts';

/** The start is the first place that the signed-in user may see. */
export function HomePage() {
  const router = useRouter();
  const may = useMay();
  const all = pagesOf(router);
  const first = placesFor(all, may)[0]?.pages[0]?.fullPath;
  useEffect(() => {
    if (first) void router.navigate({ to: first, replace: true });
  });
  if (first) return null;
  return (
    <Notice
      title="Nothing to administer"
      text={`Your security profiles do not allow you to see any page of this website. Ask an administrator for what you need: ${waysIn(all, may)}.`}
    />
  );
}
