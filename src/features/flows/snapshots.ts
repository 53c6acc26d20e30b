import { flowContents } from './content.ts';
import type { ContactFlow } from './types.ts';

type Snapshotted = Parameters<typeof flowContents>[0] & Pick<ContactFlow, 'type' | 'description' | 'state' | 'tags'>;

/** For the audit. */
export const snapshotOf = (flow: Snapshotted) => ({
  Type: flow.type,
  Description: flow.description,
  State: flow.state,
  ...flowContents(flow),
  Tags: flow.tags,
});
