import { moduleContents } from '../flows/content.ts';

type Snapshotted = Parameters<typeof moduleContents>[0] & {
  readonly description: string | null;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
};

/** For the audit. */
export const snapshotOf = (module: Snapshotted) => ({
  Description: module.description,
  State: module.state,
  ...moduleContents(module),
  Tags: module.tags,
});
