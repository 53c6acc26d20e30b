import { type ComponentProps, useState } from 'react';
import { ConfirmModal } from './ConfirmModal.tsx';
import { UnsavedGuard } from './UnsavedGuard.tsx';

interface FormModalProps extends ComponentProps<typeof ConfirmModal> {
  /** Whether something was entered that would be lost. */
  readonly unsaved: boolean;
}

/** A dialog in which something is entered: whatever would close it, or leave its page, asks first. */
export function FormModal({ unsaved, onClose, ...rest }: FormModalProps) {
  const [asking, setAsking] = useState(false);
  const close = () => {
    // Escape in the question comes here too: React bubbles events through portals.
    if (asking) return;
    if (unsaved) setAsking(true);
    else onClose();
  };
  return (
    <>
      <ConfirmModal {...rest} onClose={close} />
      {asking && (
        <ConfirmModal
          header="Close without saving?"
          confirm="Discard"
          pending={false}
          onClose={() => setAsking(false)}
          onConfirm={onClose}
        >
          What you have entered in this dialog is not saved and will be lost.
        </ConfirmModal>
      )}
      <UnsavedGuard isDirty={() => unsaved && !rest.pending} />
    </>
  );
}
