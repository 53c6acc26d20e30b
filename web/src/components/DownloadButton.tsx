import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import type { ServerFile } from '../api/client.ts';
import { explain } from '../api/errors.ts';
import { flash } from './flashes.ts';

interface DownloadButtonProps {
  readonly file: (signal: AbortSignal) => Promise<ServerFile>;
  readonly loadingText: string;
  /** Why there is nothing to download. */
  readonly refusal?: string | undefined;
  readonly disabled?: boolean;
}

/** Saves a file that the server writes. */
export function DownloadButton({ file, loadingText, refusal, disabled = refusal !== undefined }: DownloadButtonProps) {
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const download = async () => {
    setRunning(true);
    const controller = new AbortController();
    abort.current = controller;
    try {
      save(await file(controller.signal));
    } catch (error) {
      const { aborted } = controller.signal;
      if (!aborted) flash({ type: 'error', header: 'The CSV was not made', content: explain(error).message });
    } finally {
      setRunning(false);
    }
  };
  return (
    <Button
      iconName="download"
      loading={running}
      loadingText={loadingText}
      disabled={disabled}
      disabledReason={refusal}
      formAction="none"
      onClick={() => void download()}
    >
      Download CSV
    </Button>
  );
}

function save({ name, content }: ServerFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
