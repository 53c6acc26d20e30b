import type { Connect } from '../../operations/connect-types.ts';

/** What can change about a queue. */
export interface QueueSettings {
  readonly name: string;
  readonly description: string | null;
  readonly status: 'ENABLED' | 'DISABLED';
  readonly hoursOfOperationId: string;
  /** Contacts that may wait at a time; null: no limit of its own. */
  readonly maxContacts: number | null;
  readonly outboundCallerConfig: Connect.OutboundCallerConfig | null;
  readonly outboundEmailConfig: Connect.OutboundEmailConfig | null;
}

export interface Queue extends QueueSettings {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

/** The queue of a user: it has the user's id and no name, and is there as long as the user is. */
export interface AgentQueue {
  readonly id: string;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

/** What a queue is made from. Times and ids come in, so that both can be steered. */
export interface NewQueue extends Partial<QueueSettings> {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | null;
  readonly hoursOfOperationId: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}
