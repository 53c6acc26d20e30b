import { RouterLink } from '../../components/RouterLink.tsx';

const batchId = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/;

/** Why a record failed. The batch that was quicker is a link. */
export function ReasonText({ reason }: { readonly reason: string }) {
  const at = reason.indexOf('user batch ');
  const id = at < 0 ? null : batchId.exec(reason.slice(at));
  if (!id) return reason;
  const start = at + id.index;
  return (
    <>
      {reason.slice(0, start)}
      <RouterLink to={{ to: '/users/batches/$batchId', params: { batchId: id[0] } }}>{id[0]}</RouterLink>
      {reason.slice(start + id[0].length)}
    </>
  );
}
