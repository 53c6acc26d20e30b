import Badge from '@cloudscape-design/components/badge';
import type { ContactAgent } from '../../api/types.ts';

/** The login as it was at the time, with a mark where its user has been deleted since. */
export function AgentLogin({ agent }: { readonly agent: Pick<ContactAgent, 'Username' | 'Status'> | undefined }) {
  if (!agent) return <>–</>;
  return (
    <>
      {agent.Username}
      {agent.Status === 'DELETED' && (
        <>
          {' '}
          <Badge>deleted</Badge>
        </>
      )}
    </>
  );
}
