import type { InputOf } from '../../operations/connect-types.ts';
import type { identityMembers } from './columns.ts';

/** What can be set for single channels, as Connect names it; a list that was not given is not there. */
export type ChannelConfigs = Pick<
  InputOf<'CreateUser'>,
  | 'AutoAcceptConfigs'
  | 'AfterContactWorkConfigs'
  | 'PhoneNumberConfigs'
  | 'PersistentConnectionConfigs'
  | 'VoiceEnhancementConfigs'
>;

export interface PhoneSettings {
  readonly phoneType: 'SOFT_PHONE' | 'DESK_PHONE';
  readonly autoAccept: boolean;
  /** Seconds; 0 is no limit. */
  readonly afterContactWorkTimeLimit: number;
  readonly deskPhoneNumber: string | null;
  readonly persistentConnection: boolean;
  readonly channelConfigs: ChannelConfigs;
}

export type IdentityInfo = { readonly [M in (typeof identityMembers)[number]]: string | null };

/** What can change about a user. */
export interface UserSettings extends IdentityInfo, PhoneSettings {
  readonly routingProfileId: string;
  readonly hierarchyGroupId: string | null;
  /** In the order in which they were given. */
  readonly securityProfileIds: readonly string[];
}

/** A user as the other code knows them. The password's hash never leaves the store. */
export interface User extends UserSettings {
  readonly id: string;
  readonly username: string;
  readonly directoryUserId: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdTime: Date;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

/** A user to be made. What is left out is empty, and a soft phone without further settings. */
export interface NewUser extends Partial<UserSettings> {
  readonly id: string;
  readonly username: string;
  readonly passwordHash?: string | null;
  readonly directoryUserId?: string | null;
  readonly routingProfileId: string;
  readonly securityProfileIds: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}
