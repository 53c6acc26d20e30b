import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { transcriptQuery } from '../../api/contacts.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { countOf, formatDuration } from '../../components/words.ts';
import { readTranscript, type Utterance } from './transcript.ts';

interface TranscriptProps {
  readonly contactId: string;
  readonly name: string;
}

/** What takes the place of the button that had the focus takes the focus too. */
const focusOn = (element: HTMLElement | null) => element?.focus();

/** What was said; fetched only when somebody wants to read it. */
export function Transcript(props: TranscriptProps) {
  const [wanted, setWanted] = useState(false);
  if (!wanted) return <Button onClick={() => setWanted(true)}>Show transcript</Button>;
  return (
    <section className="focus-place" aria-label="Transcript" tabIndex={-1} ref={focusOn}>
      <Said {...props} />
    </section>
  );
}

function Said({ contactId, name }: TranscriptProps) {
  const { data, error, refetch } = useQuery(transcriptQuery(contactId, name));
  if (error)
    return <ErrorAlert header="The transcript could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <StatusIndicator type="loading">Loading the transcript</StatusIndicator>;
  const said = readTranscript(data);
  if (!said) return <div>This is no transcript that can be shown. Download it to see what it holds.</div>;
  if (said.length === 0) return <div>Nobody said anything.</div>;
  return (
    <>
      <div className="visually-hidden" role="status">
        {`The transcript has ${countOf(said.length, 'utterance')}.`}
      </div>
      <ol className="transcript">
        {said.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no other, and none moves
          <li key={index}>
            <Box variant="strong">{one.who}</Box>{' '}
            <Box variant="span" color="text-body-secondary" fontSize="body-s">
              <When when={one.when} />
            </Box>
            <div>{one.text}</div>
          </li>
        ))}
      </ol>
    </>
  );
}

function When({ when }: Pick<Utterance, 'when'>) {
  if (!when) return null;
  return 'seconds' in when ? <TimeText seconds={when.seconds} /> : formatDuration(when.offsetSeconds);
}
