import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMay } from '../api/session.ts';
import { Notice } from '../components/Notice.tsx';
import { pagesOf, placesFor } from './page-facts.ts';

/** The start is the first place that the signed-in user may see. */
export function HomePage() {
  const router = useRouter();
  const first = placesFor(pagesOf(router), useMay())[0]?.pages[0]?.fullPath;
  useEffect(() => {
    if (first) void router.navigate({ to: first, replace: true });
  });
  if (first) return null;
  return (
    <Notice
      title="Nothing to administer"
      text="Your security profiles do not allow you to see users or quick connects. Ask an administrator for Users – View or Quick connects – View."
    />
  );
}
