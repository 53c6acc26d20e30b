import type { ContactAgent } from '../../api/types.ts';
import { DeletedBadge } from '../../components/DeletedBadge.tsx';

/** The login as it was at the time, with a mark where its user has been deleted since. */
export function AgentLogin({
  agent,
}: {
  readonly agent: Pick<ContactAgent, 'Username' | 'Status' | 'DeletedTime' | 'DeletedBy'> | undefined;
}) {
  if (!agent) return <>–</>;
  return (
    <>
      {agent.Username}
      {agent.Status === 'DELETED' && (
        <>
          {' '}
          <DeletedBadge time={agent.DeletedTime} by={agent.DeletedBy} />
        </>
      )}
    </>
  );
}
