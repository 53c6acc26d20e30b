import { useBlocker } from '@tanstack/react-router';
import { isSignIn } from '../routes/paths.ts';
import { ConfirmModal } from './ConfirmModal.tsx';

/** Asks before a form with changes is left, by a link, by Back or by closing the tab. `isDirty` is asked at that moment. */
export function UnsavedGuard({ isDirty }: { readonly isDirty: () => boolean }) {
  const { status, proceed, reset } = useBlocker({
    // A session that has ended cannot save anything any more: sign-in is let through.
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
