import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import { type ContactDetails, recordingAddress } from '../../api/contacts.ts';
import { permissionText } from '../../api/permissions.ts';
import { flash } from '../../components/flashes.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { DeleteRecordingModal } from './DeleteRecordingModal.tsx';
import { Transcript } from './Transcript.tsx';

type Recording = ContactDetails['Recordings'][number];

interface ContactRecordingsProps {
  readonly contactId: string;
  readonly recordings: readonly Recording[];
}

/** Of the contact itself: each contact of its chain has its own. */
export function ContactRecordings({ contactId, recordings }: ContactRecordingsProps) {
  return (
    <Container header={<Header variant="h2">Recording and transcript</Header>}>
      {recordings.length === 0 ? (
        'This contact has no recording.'
      ) : (
        <SpaceBetween size="l">
          {recordings.map((recording) => (
            <OneRecording key={recording.Name} contactId={contactId} recording={recording} />
          ))}
        </SpaceBetween>
      )}
    </Container>
  );
}

const isTranscript = ({ Name }: Pick<Recording, 'Name'>) => /\.json$/i.test(Name);

function OneRecording({ contactId, recording }: { readonly contactId: string; readonly recording: Recording }) {
  const [deleting, setDeleting] = useState(false);
  const [isDeleted, setDeleted] = useState(false);
  const place = useRef<HTMLElement>(null);
  // The button that opened the dialog is not there any more.
  useEffect(() => {
    if (isDeleted) place.current?.focus();
  }, [isDeleted]);
  const { Name: name, Available: available, MayDownload: mayDownload, MayDelete: mayDelete } = recording;
  const what = isTranscript(recording) ? 'Transcript' : 'Recording';
  return (
    <section className="focus-place" aria-label={`${what} ${name}`} tabIndex={-1} ref={place}>
      <SpaceBetween size="xs">
        <Box variant="awsui-key-label">
          {what}
          <Box variant="span" color="text-body-secondary" fontWeight="normal">
            {' '}
            <span className="identifier">{name}</span>
          </Box>
        </Box>
        <Content contactId={contactId} recording={recording} />
        {available && (mayDownload || mayDelete) && (
          <div className="actions">
            {mayDownload && (
              <Button
                iconName="download"
                href={recordingAddress(contactId, name, true)}
                download={name}
                ariaLabel={`Download ${name}`}
              >
                Download
              </Button>
            )}
            {mayDelete && (
              <Button ariaLabel={`Delete ${name}`} onClick={() => setDeleting(true)}>
                Delete
              </Button>
            )}
          </div>
        )}
      </SpaceBetween>
      {deleting && (
        <DeleteRecordingModal
          contactId={contactId}
          name={name}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            setDeleting(false);
            setDeleted(true);
            flash({ type: 'success', content: `${name} was deleted.` });
          }}
        />
      )}
    </section>
  );
}

function Content({ contactId, recording }: { readonly contactId: string; readonly recording: Recording }) {
  const { Name: name, Status: status, Available: available, MayListen: mayListen } = recording;
  if (status === 'DELETED') {
    return (
      <div>
        Deleted
        {recording.DeletedTime !== undefined && (
          <>
            {' '}
            <TimeText seconds={recording.DeletedTime} />
          </>
        )}
        {recording.DeletedBy !== undefined && ` by ${recording.DeletedBy}`}
        {recording.DeletionReason ? `: ${recording.DeletionReason}` : '.'}
      </div>
    );
  }
  if (!available) return <div>The record speaks of it, but it has not been brought here.</div>;
  if (!mayListen) {
    const kind = isTranscript(recording) ? 'ContactTranscripts' : 'CallRecordings';
    const permission = `${kind}.${recording.Redacted ? 'Redacted' : 'Unredacted'}.Access` as const;
    return <div>{`You need the permission ${permissionText(permission)}.`}</div>;
  }
  if (isTranscript(recording)) return <Transcript contactId={contactId} name={name} />;
  return (
    // biome-ignore lint/a11y/useMediaCaption: what is said is in the transcript, where there is one
    <audio className="player" controls preload="metadata" src={recordingAddress(contactId, name, false)}>
      This browser plays no sound.
    </audio>
  );
}
