import type { EntryFailure } from './list-entries.ts';

/**
 * A user that is meant. What the instance does not have is in it too, with `present` false. Of somebody who may not be
 * named to the caller, no more is known than what the caller said, and the id.
 */
export interface SelectedUser {
  /** From 1, in the order in which they were named; of a search in that of logins. */
  readonly position: number;
  /** Also of somebody who was deleted before. Null for what stands for nobody. */
  readonly userId: string | null;
  readonly username: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly present: boolean;
  /** Whether they may be named to the caller, or the caller said the id that stands here. */
  readonly told: boolean;
  /** What the list says, where it is neither the id nor the login that stands here. */
  readonly given: string | null;
  /** Whether the list says the login in another case: somebody should look at it. */
  readonly caseDiffers: boolean;
  /** Why an entry stands for nobody. */
  readonly failure: EntryFailure | null;
}
