import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { transcriptQuery } from '../../api/contacts.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { formatDuration } from '../../components/words.ts';
import { readTranscript, type Utterance } from './transcript.ts';

/** What was said; fetched only when somebody wants to read it. */
export function Transcript({ contactId, name }: { readonly contactId: string; readonly name: string }) {
  const [wanted, setWanted] = useState(false);
  const { data, error, refetch } = useQuery({ ...transcriptQuery(contactId, name), enabled: wanted });
  if (!wanted) return <Button onClick={() => setWanted(true)}>Show transcript</Button>;
  if (error)
    return <ErrorAlert header="The transcript could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <StatusIndicator type="loading">Loading the transcript</StatusIndicator>;
  const said = readTranscript(data);
  if (!said) return <div>This is no transcript that can be shown. Download it to see what it holds.</div>;
  if (said.length === 0) return <div>Nobody said anything.</div>;
  return (
    <section aria-label="Transcript">
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
    </section>
  );
}

function When({ when }: Pick<Utterance, 'when'>) {
  if (!when) return null;
  return 'seconds' in when ? <TimeText seconds={when.seconds} /> : formatDuration(when.offsetSeconds);
}
