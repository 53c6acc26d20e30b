import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FormEvent, ReactNode } from 'react';
import { useId } from 'react';

interface ConfirmModalProps {
  readonly header: string;
  /** The words on the button that does it. */
  readonly confirm: string;
  readonly pending: boolean;
  /** Why it cannot be confirmed yet. */
  readonly refusal?: string | null;
  readonly size?: 'medium' | 'large';
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A question with its answer spelt out on the button. Enter in a field of it confirms, Escape closes. */
export function ConfirmModal(props: ConfirmModalProps) {
  const { header, confirm, pending, refusal, size = 'medium', onConfirm, onClose, children } = props;
  const form = useId();
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
            <Button variant="link" onClick={onClose} disabled={pending} formAction="none">
              Cancel
            </Button>
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
      <form id={form} onSubmit={submit} noValidate>
        {children}
      </form>
    </Modal>
  );
}
