import { Notice } from '../components/Notice.tsx';
import { home } from './paths.ts';

export function NoSuchPage() {
  return (
    <Notice
      title="There is no such page"
      text="The address leads nowhere. It may be mistyped, or from another version."
      link={{ text: 'Go to the start', href: home }}
    />
  );
}
