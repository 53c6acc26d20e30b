/** What is known of an access key. Its secret never leaves the store but sealed. */
export interface AccessKeyDetails {
  readonly id: string;
  readonly description: string | null;
  readonly actions: readonly string[];
  readonly status: 'ENABLED' | 'DISABLED';
  readonly createdTime: Date;
  readonly createdBy: string;
  readonly lastUsedTime: Date | null;
}
