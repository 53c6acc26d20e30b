import type { Connect } from '../../operations/connect-types.ts';

/** What a resource is made from, by new instances and sample data. Times and ids come in, so that both can be steered. */
interface NewResource {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}

export interface NewHoursOfOperation extends NewResource {
  readonly description: string | null;
  /** An IANA name. */
  readonly timeZone: string;
  readonly config: readonly Connect.HoursOfOperationConfig[];
}

export interface NewQueue extends NewResource {
  readonly description: string | null;
  readonly hoursOfOperationId: string;
  /** Contacts that may wait at a time; null: no limit of its own. */
  readonly maxContacts?: number | null;
}

export type Channel = 'VOICE' | 'CHAT' | 'TASK' | 'EMAIL';

export interface NewRoutingProfile extends NewResource {
  readonly description: string;
  readonly defaultOutboundQueueId: string;
  readonly mediaConcurrencies: readonly { readonly Channel: Channel; readonly Concurrency: number }[];
  readonly isDefault?: boolean;
  /** Priority 1 to 99, delay in seconds. */
  readonly queues: readonly {
    readonly queueId: string;
    readonly channel: Channel;
    readonly priority: number;
    readonly delay: number;
  }[];
}
