/** Who asks. Both kinds reach the same operations through the same runner. */
export type Caller = AccessKeyCaller | UserCaller;

/** An API caller, account-level as in IAM: judged by its list of actions, never by security profiles. */
export interface AccessKeyCaller {
  readonly kind: 'ACCESS_KEY';
  readonly accessKeyId: string;
  /** Such as `connect:*`, `connect:List*` or `connect:DeleteUser`. */
  readonly actions: readonly string[];
}

/** Somebody signed in on the website: may do what the security profiles of the moment allow. */
export interface UserCaller {
  readonly kind: 'USER';
  readonly userId: string;
  readonly username: string;
  readonly instanceId: string;
}

/** For audit entries and batches: what stays readable when the caller is gone. */
export function identityOf(caller: Caller): { type: 'USER' | 'ACCESS_KEY'; id: string; name: string } {
  return caller.kind === 'USER'
    ? { type: 'USER', id: caller.userId, name: caller.username }
    : { type: 'ACCESS_KEY', id: caller.accessKeyId, name: caller.accessKeyId };
}
