/** Somebody who works, or has worked, in the sample centre. */
export interface SampleAgent {
  readonly id: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly left: boolean;
  readonly routingProfile: Named;
  /** From the first level down. */
  readonly groups: readonly Named[];
  readonly queues: readonly WorkedQueue[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A queue, and the channel of what comes to it. */
export interface WorkedQueue extends Named {
  readonly channel: 'VOICE' | 'CHAT' | 'TASK';
}

/** A day of the sample centre, as Amazon Connect's streams would tell of it. */
export interface SampleDay {
  readonly records: readonly string[];
  readonly events: readonly string[];
  /** Recordings that are to have bytes. */
  readonly media: readonly {
    readonly contactId: string;
    readonly name: string;
    readonly channel: 'VOICE' | 'CHAT';
    readonly start: Date;
    readonly seconds: number;
    readonly agent: string;
  }[];
}
