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
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}
