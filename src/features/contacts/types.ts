/** What is known of an agent at the time of a contact. Whoever it is may be gone, renamed or moved since. */
export interface AgentSnapshot {
  readonly userId: string;
  readonly username: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly routingProfile: { readonly id: string; readonly name: string | null } | null;
  /** From the first level down to the agent's own. */
  readonly hierarchyPath: readonly { readonly id: string; readonly name: string }[];
}

/** What is known of a queue at the time of a contact. */
export interface QueueSnapshot {
  readonly queueId: string;
  /** AGENT: that of a user, which has the user's id and no name. */
  readonly type: 'STANDARD' | 'AGENT';
  readonly name: string | null;
}

/** A contact as metrics, searches and chains need it. Durations in seconds. */
export interface Contact {
  readonly contactId: string;
  /** Null for the first of a chain. */
  readonly initialContactId: string | null;
  readonly previousContactId: string | null;
  readonly nextContactId: string | null;
  readonly relatedContactId: string | null;
  /** VOICE, CHAT, TASK, EMAIL, or what may come. */
  readonly channel: string;
  /** Such as connect:Telephony. */
  readonly subtype: string | null;
  readonly initiationMethod: string;
  readonly disconnectReason: string | null;
  readonly initiationTime: Date;
  readonly connectedToSystemTime: Date | null;
  readonly scheduledTime: Date | null;
  readonly enqueueTime: Date | null;
  readonly dequeueTime: Date | null;
  readonly connectedToAgentTime: Date | null;
  readonly afterContactWorkEndTime: Date | null;
  readonly transferCompletedTime: Date | null;
  readonly disconnectTime: Date | null;
  readonly lastUpdateTime: Date;
  readonly agent: AgentSnapshot | null;
  readonly queue: QueueSnapshot | null;
  readonly queueDuration: number | null;
  readonly agentInteractionDuration: number | null;
  readonly customerHoldDuration: number | null;
  readonly afterContactWorkDuration: number | null;
  readonly agentPauseDuration: number | null;
  readonly numberOfHolds: number | null;
  readonly agentConnectionAttempts: number | null;
  /** Addresses: phone numbers, e-mail addresses and the like. */
  readonly customerEndpoint: string | null;
  readonly systemEndpoint: string | null;
  readonly transferredToEndpoint: string | null;
  readonly name: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}
