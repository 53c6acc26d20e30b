import type { Tx } from '../../operations/define-operation.ts';
import type { Instance } from '../instances/types.ts';
import type { Access } from '../security-profiles/access-control.ts';
import { requireWithin } from '../security-profiles/enforcement.ts';
import type { Target } from './types.ts';

/**
 * Nobody makes a way to a user or a queue that they do not reach themselves; taking one away is allowed (Admin guide
 * "Apply hierarchy-based access control"). Quick connects as such know no limits, in Connect either.
 * @throws AccessDeniedException
 */
export async function requireReached(tx: Tx, instance: Instance, access: Access, target: Target): Promise<void> {
  if (target.type === 'USER') await requireWithin(tx, instance, access, 'agent', [target.userId]);
  if (target.type === 'QUEUE') await requireWithin(tx, instance, access, 'queue', [target.queueId]);
}
