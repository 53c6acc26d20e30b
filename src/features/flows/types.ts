/** Connect's ContactFlowType. */
export const flowTypes = [
  'CONTACT_FLOW',
  'CUSTOMER_QUEUE',
  'CUSTOMER_HOLD',
  'CUSTOMER_WHISPER',
  'AGENT_HOLD',
  'AGENT_WHISPER',
  'OUTBOUND_WHISPER',
  'AGENT_TRANSFER',
  'QUEUE_TRANSFER',
  'CAMPAIGN',
] as const;

export type FlowType = (typeof flowTypes)[number];

export interface NewContactFlow {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly type: FlowType;
  readonly description: string | null;
  /** Flow language, as JSON text. */
  readonly content: string;
  /** PUBLISHED if left out. */
  readonly status?: 'PUBLISHED' | 'SAVED';
  /** One of those that Connect falls back to, which stay. */
  readonly isDefault?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}

export interface NewContactFlowModule {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | null;
  /** Flow language, as JSON text. */
  readonly content: string;
  readonly settings: string | null;
  readonly externalInvocationEnabled: boolean | null;
  readonly clientToken: string | null;
  /** SHA-256 of the request, so that a token used again with another one is told apart. */
  readonly requestHash: string | null;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}
