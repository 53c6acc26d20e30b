export const quickConnectTypes = ['USER', 'QUEUE', 'PHONE_NUMBER', 'FLOW'] as const;
export type QuickConnectType = (typeof quickConnectTypes)[number];

/** Where a quick connect leads, with ids only: what Connect's QuickConnectConfig says in other words. */
export type Target =
  | { readonly type: 'USER'; readonly userId: string; readonly contactFlowId: string }
  | { readonly type: 'QUEUE'; readonly queueId: string; readonly contactFlowId: string }
  | { readonly type: 'PHONE_NUMBER'; readonly phoneNumber: string }
  | { readonly type: 'FLOW'; readonly contactFlowId: string };

export interface QuickConnect {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly target: Target;
  readonly tags: Readonly<Record<string, string>>;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

export interface NewQuickConnect {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | null;
  readonly target: Target;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}
