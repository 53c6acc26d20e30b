import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { explain } from '../api/errors.ts';

interface ErrorAlertProps {
  readonly error: unknown;
  /** What was being done: "The users could not be loaded". Left out, the refusal's own heading stands there. */
  readonly header?: string;
  /** Offered where the same request may succeed later. */
  readonly onRetry?: () => void;
}

export function ErrorAlert({ error, header, onRetry }: ErrorAlertProps) {
  const said = explain(error);
  return (
    <Alert
      type="error"
      header={header ?? said.header}
      action={onRetry && said.retry && <Button onClick={onRetry}>Retry</Button>}
      statusIconAriaLabel="Error"
    >
      {said.message}
    </Alert>
  );
}
