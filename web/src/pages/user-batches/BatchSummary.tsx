import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSession } from '../../api/session.ts';
import type { UserBatch } from '../../api/types.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { formatNumber } from '../../components/words.ts';
import { BatchStatusText } from './batch-list.tsx';
import { doneCount, progressOf, requestedBy, typeWords } from './batch-words.ts';

export function BatchSummary({ batch }: { readonly batch: UserBatch }) {
  const { User } = useSession();
  const { Requested, Succeeded, Failed, Stopped, Remaining } = batch.Counts;
  const number = (label: string, value: number) => ({
    label,
    value: <span className="numbers">{formatNumber(value)}</span>,
  });
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <SpaceBetween size="l">
        {batch.Note && (
          <Alert type="warning" header="This batch is waiting">
            {batch.Note}
          </Alert>
        )}
        <ProgressBar
          value={progressOf(batch)}
          ariaLabel="Progress"
          additionalInfo={
            <span className="numbers">
              {`${formatNumber(doneCount(batch))} of ${formatNumber(Requested)} records done`}
            </span>
          }
        />
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Status', value: <BatchStatusText batch={batch} /> },
            number('Succeeded', Succeeded),
            number('Failed', Failed),
            number('Stopped', Stopped),
            number('Remaining', Remaining),
            ...(typeWords(batch).summary?.(batch) ?? []).map(({ label, value }) =>
              typeof value === 'number' ? number(label, value) : { label, value },
            ),
            { label: 'Requested by', value: requestedBy(batch, User.Id) },
            { label: 'Created', value: <TimeText seconds={batch.CreatedTime} /> },
            { label: 'Started', value: <TimeText seconds={batch.StartTime} /> },
            { label: 'Ended', value: <TimeText seconds={batch.EndTime} /> },
            { label: 'Batch ID', value: batch.Id },
            ...(batch.RetryOf
              ? [
                  {
                    label: 'Retry of',
                    value: (
                      <RouterLink to={{ to: '/users/batches/$batchId', params: { batchId: batch.RetryOf } }}>
                        the batch before
                      </RouterLink>
                    ),
                  },
                ]
              : []),
            ...(batch.RetriedBy
              ? [
                  {
                    label: 'Retried by',
                    value: (
                      <RouterLink to={{ to: '/users/batches/$batchId', params: { batchId: batch.RetriedBy } }}>
                        the batch after
                      </RouterLink>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
