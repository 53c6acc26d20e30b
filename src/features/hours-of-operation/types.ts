import type { Checked, Connect } from '../../operations/connect-types.ts';

/** What can change about hours of operation. */
export interface HoursSettings {
  readonly name: string;
  readonly description: string | null;
  /** An IANA name. */
  readonly timeZone: string;
  readonly config: readonly Connect.HoursOfOperationConfig[];
}

export interface HoursOfOperation extends HoursSettings {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

/** Hours as others name them. */
export interface NamedHours {
  readonly id: string;
  readonly name: string;
}

/** What hours are made from. Times and ids come in, so that both can be steered. */
export interface NewHoursOfOperation extends HoursSettings {
  readonly id: string;
  readonly instanceId: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}

/** What can change about an override. */
export interface OverrideSettings {
  readonly name: string;
  readonly description: string | null;
  readonly type: 'STANDARD' | 'OPEN' | 'CLOSED';
  readonly effectiveFrom: string;
  readonly effectiveTill: string;
  readonly config: readonly Checked<Connect.HoursOfOperationOverrideConfig>[];
  readonly recurrence: Checked<Connect.RecurrenceConfig> | null;
}

export interface Override extends OverrideSettings {
  readonly id: string;
  readonly hoursId: string;
}
