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

/** What can change about a flow. */
export interface FlowSettings {
  readonly name: string;
  readonly description: string | null;
  readonly state: 'ACTIVE' | 'ARCHIVED';
  readonly status: 'PUBLISHED' | 'SAVED';
  /** Flow language, as JSON text. */
  readonly content: string;
  /** Null: nothing is saved beside what is published. */
  readonly savedContent: string | null;
}

export interface ContactFlow extends FlowSettings {
  readonly id: string;
  readonly type: FlowType;
  /** One of those that Connect falls back to, which stay. */
  readonly isDefault: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

/** A flow without its content, which may be long. */
export type FlowSummary = Pick<ContactFlow, 'id' | 'name' | 'type' | 'state' | 'status'>;

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
