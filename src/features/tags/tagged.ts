import type { Tx } from '../../database/db.ts';
import { length } from '../../operations/constraints.ts';
import type { AccountContext, InstanceContext } from '../../operations/define-operation.ts';

export const resourceArn = { resourceArn: length(1, 500) };

/** The runner has found the instance by the ARN of the resource; the types cannot know. */
export const instanceOf = (context: AccountContext | AccountContext<Tx>) =>
  (context as InstanceContext<never>).instance;
