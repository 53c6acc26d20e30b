/** An instance as handlers know it: one contact centre in one Region. */
export interface Instance {
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  readonly alias: string | null;
  readonly identityManagementType: 'CONNECT_MANAGED' | 'SAML' | 'EXISTING_DIRECTORY';
  readonly status: 'CREATION_IN_PROGRESS' | 'ACTIVE' | 'CREATION_FAILED';
  readonly inboundCallsEnabled: boolean;
  readonly outboundCallsEnabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdTime: Date;
}
