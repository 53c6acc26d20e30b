import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FormEvent, ReactNode } from 'react';
import { useCallback, useId, useRef } from 'react';

interface ConfirmModalProps {
  readonly header: string;
  /** The words on the button that does it. */
  readonly confirm: string;
  readonly pending: boolean;
  /** Why it cannot be confirmed yet. */
  readonly refusal?: string | null;
  readonly size?: 'medium' | 'large';
  /** To the step before, with what was entered there. */
  readonly onBack?: (() => void) | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A question with its answer spelt out on the button. Enter in a field of it confirms, Escape closes. */
export function ConfirmModal(props: ConfirmModalProps) {
  const { header, confirm, pending, refusal, size = 'medium', onBack, onConfirm, onClose, children } = props;
  const form = useId();
  const cancel = useRef<ButtonProps.Ref>(null);
  const focusFirst = useCallback((element: HTMLFormElement | null) => {
    // Cloudscape gives the focus to the cross that closes the dialog. It belongs on the first field, or where there is none
    // on Cancel: what cannot be undone is not to be begun by an Enter too many.
    requestAnimationFrame(() => {
      const field = element?.querySelector<HTMLElement>('input:not([type=file], :disabled), textarea, button');
      if (element) (field ?? cancel.current)?.focus();
    });
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React bubbles events through portals: without this, a form around the modal would be submitted too.
    event.stopPropagation();
    if (!refusal && !pending) onConfirm();
  };
  return (
    <Modal
      visible
      size={size}
      header={header}
      closeAriaLabel="Close"
      onDismiss={() => {
        if (!pending) onClose();
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button ref={cancel} variant="link" onClick={onClose} disabled={pending} formAction="none">
              Cancel
            </Button>
            {onBack && (
              <Button onClick={onBack} disabled={pending} formAction="none">
                Back
              </Button>
            )}
            <Button
              variant="primary"
              formAction="submit"
              form={form}
              loading={pending}
              disabled={Boolean(refusal)}
              disabledReason={refusal ?? undefined}
            >
              {confirm}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form id={form} ref={focusFirst} onSubmit={submit} noValidate>
        {children}
      </form>
    </Modal>
  );
}
