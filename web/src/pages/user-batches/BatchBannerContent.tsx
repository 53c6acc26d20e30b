import ProgressBar from '@cloudscape-design/components/progress-bar';
import { useSession } from '../../api/session.ts';
import type { UserBatch } from '../../api/types.ts';
import { isRunning } from '../../api/user-batches.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { formatNumber, formatTime } from '../../components/words.ts';
import { bannerFacts, doneCount, progressOf, requestedBy, waysOn } from './batch-words.ts';

/** Progress, what became of the records, whose batch it is, and the way to its page. */
export function BatchBannerContent({ batch }: { readonly batch: UserBatch }) {
  const { User } = useSession();
  const { Requested } = batch.Counts;
  const facts = bannerFacts(batch);
  const origin = `Requested by ${requestedBy(batch, User.Id)}, ${formatTime(batch.CreatedTime)}.`;
  return (
    <>
      {isRunning(batch) && (
        <ProgressBar
          variant="flash"
          value={progressOf(batch)}
          ariaLabel={`Progress of ${formatNumber(Requested)} records`}
          additionalInfo={<span className="numbers">{progressText(batch)}</span>}
        />
      )}
      {facts.length > 0 && `${facts.join(', ')}. `}
      {batch.EndTime !== undefined && batch.Counts.Failed > 0 && `${waysOn(batch)} `}
      {origin}{' '}
      <RouterLink
        to={{ to: '/users/batches/$batchId', params: { batchId: batch.Id } }}
        color="inverted"
        variant="primary"
      >
        See every record
      </RouterLink>
    </>
  );
}

function progressText(batch: UserBatch): string {
  if (batch.Status === 'QUEUED') return 'Waiting to begin';
  return `${formatNumber(doneCount(batch))} of ${formatNumber(batch.Counts.Requested)} done`;
}
