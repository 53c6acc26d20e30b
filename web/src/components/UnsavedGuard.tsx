import { useBlocker } from '@tanstack/react-router';
import { ConfirmModal } from './ConfirmModal.tsx';

/** Asks before a form with changes is left, by a link, by Back or by closing the tab. `isDirty` is asked at that moment. */
export function UnsavedGuard({ isDirty }: { readonly isDirty: () => boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && !isSignIn(next.pathname) && isDirty(),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <ConfirmModal header="Leave without saving?" confirm="Leave" pending={false} onClose={reset} onConfirm={proceed}>
      What you have entered on this page is not saved and will be lost.
    </ConfirmModal>
  );
}

/** A session that has ended cannot be saved any more. */
const isSignIn = (path: string) => path.endsWith('/sign-in');
