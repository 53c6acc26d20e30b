/** What can change about a flow module. */
export interface ModuleSettings {
  readonly name: string;
  readonly description: string | null;
  readonly state: 'ACTIVE' | 'ARCHIVED';
  readonly content: string;
  /** Null: nothing is saved beside what is published. */
  readonly savedContent: string | null;
  readonly settings: string | null;
}

export interface FlowModule extends ModuleSettings {
  readonly id: string;
  readonly externalInvocationEnabled: boolean | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** A module without its content. */
export type ModuleSummary = Pick<FlowModule, 'id' | 'name' | 'state'>;

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
