import { Notice } from '../components/Notice.tsx';
import { RouterLink } from '../components/RouterLink.tsx';

export function NoSuchPage() {
  return (
    <Notice
      title="There is no such page"
      text="The address leads nowhere. It may be mistyped, or from another version."
    >
      <RouterLink to={{ to: '/' }}>Go to the start</RouterLink>
    </Notice>
  );
}
