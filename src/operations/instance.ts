/** An instance as handlers know it: one contact centre in one Region. */
export interface Instance {
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  readonly alias: string | null;
  readonly identityManagementType: 'CONNECT_MANAGED' | 'SAML' | 'EXISTING_DIRECTORY';
  /** Of EXISTING_DIRECTORY only. */
  readonly directoryId: string | null;
  readonly inboundCallsEnabled: boolean;
  readonly outboundCallsEnabled: boolean;
  /** What was set; `attributeOf` knows the defaults of the others. */
  readonly attributes: Readonly<Record<string, boolean>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdTime: Date;
  /** Until then it is being created. */
  readonly activeTime: Date;
  /** From then on it is gone. Null: nobody has asked for that. */
  readonly deletionTime: Date | null;
}

export function statusOf(instance: Instance, now: Date): 'CREATION_IN_PROGRESS' | 'ACTIVE' {
  return now < instance.activeTime ? 'CREATION_IN_PROGRESS' : 'ACTIVE';
}
