import { useEffect } from 'react';
import { useMay } from '../api/session.ts';
import { Notice } from '../components/Notice.tsx';
import { useGo } from './navigation.ts';
import { placesFor } from './places.ts';

/** The start is the first place that the signed-in user may see. */
export function HomePage() {
  const go = useGo();
  const first = placesFor(useMay())[0]?.places[0]?.href;
  useEffect(() => {
    if (first) go(first, { replace: true });
  });
  if (first) return null;
  return (
    <Notice
      title="Nothing to administer"
      text="Your security profiles do not allow you to see users or quick connects. Ask an administrator for Users – View or Quick connects – View."
    />
  );
}
