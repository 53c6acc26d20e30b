import { isDeepStrictEqual } from 'node:util';
import type { InputOf } from '../../operations/connect-types.ts';
import { type Constraints, items, oneOf, phoneNumberOrEmpty, range } from '../../operations/constraints.ts';
import { invalidParameter } from '../../operations/errors.ts';
import type { ChannelConfigs, PhoneSettings } from './types.ts';

export type PhoneConfig = NonNullable<InputOf<'CreateUser'>['PhoneConfig']>;

const channels = ['VOICE', 'CHAT', 'TASK', 'EMAIL'] as const;
const channel = oneOf(...channels);
/** API Reference: 2,000,000 seconds, 24 days. */
const afterContactWork = range(0, 2_000_000);

export const phoneConfigConstraints = {
  'UserPhoneConfig.PhoneType': oneOf('SOFT_PHONE', 'DESK_PHONE'),
  'UserPhoneConfig.AfterContactWorkTimeLimit': afterContactWork,
  'UserPhoneConfig.DeskPhoneNumber': phoneNumberOrEmpty,
} satisfies Constraints;

export const channelConfigConstraints = {
  AutoAcceptConfigs: items(0, channels.length),
  AfterContactWorkConfigs: items(0, channels.length),
  PhoneNumberConfigs: items(0, 1),
  PersistentConnectionConfigs: items(0, 1),
  VoiceEnhancementConfigs: items(0, 1),
  'AutoAcceptConfig.Channel': channel,
  'AfterContactWorkConfigPerChannel.Channel': channel,
  'AfterContactWorkConfig.AfterContactWorkTimeLimit': afterContactWork,
  'PhoneNumberConfig.Channel': channel,
  'PhoneNumberConfig.PhoneType': oneOf('SOFT_PHONE', 'DESK_PHONE'),
  'PhoneNumberConfig.PhoneNumber': phoneNumberOrEmpty,
  'PersistentConnectionConfig.Channel': channel,
  'VoiceEnhancementConfig.Channel': channel,
  'VoiceEnhancementConfig.VoiceEnhancementMode': oneOf('VOICE_ISOLATION', 'NOISE_SUPPRESSION', 'NONE'),
} satisfies Constraints;

type ListName = keyof ChannelConfigs;

/** Which member of PhoneConfig each list replaces; a request may have the one or the other (API Reference, CreateUser). */
const replaced: readonly (readonly [keyof PhoneConfig, ListName])[] = [
  ['AutoAccept', 'AutoAcceptConfigs'],
  ['AfterContactWorkTimeLimit', 'AfterContactWorkConfigs'],
  ['PhoneType', 'PhoneNumberConfigs'],
  ['DeskPhoneNumber', 'PhoneNumberConfigs'],
  ['PersistentConnection', 'PersistentConnectionConfigs'],
];

/** The lists that can be set for calls only. */
const voiceOnly: readonly ListName[] = ['PhoneNumberConfigs', 'PersistentConnectionConfigs', 'VoiceEnhancementConfigs'];

/**
 * What CreateUser's phone members mean together. The settings of calls stand for the whole where a list was given, so
 * that PhoneConfig has something to answer. @throws InvalidParameterException
 */
export function newPhoneSettings(given: ChannelConfigs & { readonly PhoneConfig?: PhoneConfig | undefined }) {
  const phone = given.PhoneConfig ?? {};
  for (const [member, list] of replaced) {
    if (phone[member] !== undefined && given[list] !== undefined) {
      throw invalidParameter(`PhoneConfig.${member} and ${list} say the same: give one of them.`);
    }
  }
  const configs = checkedConfigs(given);
  const number = voice(configs.PhoneNumberConfigs);
  return checkedDeskPhone({
    phoneType: number?.PhoneType ?? phone.PhoneType ?? 'SOFT_PHONE',
    autoAccept: voice(configs.AutoAcceptConfigs)?.AutoAccept ?? phone.AutoAccept ?? false,
    afterContactWorkTimeLimit:
      voice(configs.AfterContactWorkConfigs)?.AfterContactWorkConfig.AfterContactWorkTimeLimit ??
      phone.AfterContactWorkTimeLimit ??
      0,
    deskPhoneNumber: (number?.PhoneNumber ?? phone.DeskPhoneNumber) || null,
    persistentConnection:
      voice(configs.PersistentConnectionConfigs)?.PersistentConnection ?? phone.PersistentConnection ?? false,
    channelConfigs: configs,
  });
}

/**
 * What UpdateUserPhoneConfig leaves of the settings: the whole PhoneConfig is replaced and holds for all channels. The
 * phone itself stays when no type is given: that member became optional for callers who set it by channel.
 * @throws InvalidParameterException
 */
export function replacedPhoneSettings(current: PhoneSettings, phone: PhoneConfig): PhoneSettings {
  const { VoiceEnhancementConfigs } = current.channelConfigs;
  return checkedDeskPhone({
    phoneType: phone.PhoneType ?? current.phoneType,
    autoAccept: phone.AutoAccept ?? false,
    afterContactWorkTimeLimit: phone.AfterContactWorkTimeLimit ?? 0,
    deskPhoneNumber: (phone.DeskPhoneNumber ?? (phone.PhoneType ? null : current.deskPhoneNumber)) || null,
    persistentConnection: phone.PersistentConnection ?? false,
    channelConfigs: VoiceEnhancementConfigs ? { VoiceEnhancementConfigs } : {},
  });
}

/**
 * What UpdateUserConfig leaves of the settings: each channel that a list names gets the whole entry, every other one
 * keeps what it has. PhoneConfig follows with the settings of calls. @throws InvalidParameterException
 */
export function mergedPhoneSettings(current: PhoneSettings, given: ChannelConfigs): PhoneSettings {
  const changes = checkedConfigs(given);
  const known = channelConfigsOf(current);
  const lists = {
    AutoAcceptConfigs: merged(known.AutoAcceptConfigs, changes.AutoAcceptConfigs),
    AfterContactWorkConfigs: merged(known.AfterContactWorkConfigs, changes.AfterContactWorkConfigs),
    PhoneNumberConfigs: merged(known.PhoneNumberConfigs, changes.PhoneNumberConfigs),
    PersistentConnectionConfigs: merged(known.PersistentConnectionConfigs, changes.PersistentConnectionConfigs),
    VoiceEnhancementConfigs: merged(known.VoiceEnhancementConfigs, changes.VoiceEnhancementConfigs),
  } satisfies ChannelConfigs;
  const number = voice(changes.PhoneNumberConfigs);
  const afterContactWork = voice(changes.AfterContactWorkConfigs)?.AfterContactWorkConfig;
  return checkedDeskPhone({
    phoneType: number?.PhoneType ?? current.phoneType,
    autoAccept: voice(changes.AutoAcceptConfigs)?.AutoAccept ?? current.autoAccept,
    afterContactWorkTimeLimit: afterContactWork
      ? (afterContactWork.AfterContactWorkTimeLimit ?? 0)
      : current.afterContactWorkTimeLimit,
    deskPhoneNumber: number ? number.PhoneNumber || null : current.deskPhoneNumber,
    persistentConnection:
      voice(changes.PersistentConnectionConfigs)?.PersistentConnection ?? current.persistentConnection,
    channelConfigs: {
      ...current.channelConfigs,
      ...Object.fromEntries(Object.entries(lists).filter(([, entries]) => entries !== undefined)),
    },
  });
}

/**
 * As Connect answers it, with an empty DeskPhoneNumber where there is none: the AWS CLI's example of describe-user has it,
 * and clients read it without asking. Seconds; SearchUsers alone has milliseconds (API Reference, UserPhoneConfig).
 */
export function phoneConfigOf(settings: PhoneSettings, timeUnit: 'SECONDS' | 'MILLISECONDS') {
  return {
    PhoneType: settings.phoneType,
    AutoAccept: settings.autoAccept,
    AfterContactWorkTimeLimit: settings.afterContactWorkTimeLimit * (timeUnit === 'MILLISECONDS' ? 1000 : 1),
    DeskPhoneNumber: settings.deskPhoneNumber ?? '',
    PersistentConnection: settings.persistentConnection,
  };
}

/** The same settings by channel: what was given so, and what PhoneConfig says of all channels. */
export function channelConfigsOf(settings: PhoneSettings): ChannelConfigs {
  const { channelConfigs: configs } = settings;
  return {
    AutoAcceptConfigs:
      configs.AutoAcceptConfigs ?? channels.map((Channel) => ({ Channel, AutoAccept: settings.autoAccept })),
    AfterContactWorkConfigs:
      configs.AfterContactWorkConfigs ??
      channels.map((Channel) => ({
        Channel,
        AfterContactWorkConfig: { AfterContactWorkTimeLimit: settings.afterContactWorkTimeLimit },
      })),
    PhoneNumberConfigs: configs.PhoneNumberConfigs ?? [
      {
        Channel: 'VOICE',
        PhoneType: settings.phoneType,
        ...(settings.deskPhoneNumber !== null && { PhoneNumber: settings.deskPhoneNumber }),
      },
    ],
    PersistentConnectionConfigs: configs.PersistentConnectionConfigs ?? [
      { Channel: 'VOICE', PersistentConnection: settings.persistentConnection },
    ],
    VoiceEnhancementConfigs: configs.VoiceEnhancementConfigs,
  };
}

function checkedConfigs(given: ChannelConfigs): ChannelConfigs {
  const { AutoAcceptConfigs, AfterContactWorkConfigs, PhoneNumberConfigs } = given;
  const { PersistentConnectionConfigs, VoiceEnhancementConfigs } = given;
  const configs = {
    AutoAcceptConfigs,
    AfterContactWorkConfigs,
    PhoneNumberConfigs,
    PersistentConnectionConfigs,
    VoiceEnhancementConfigs,
  };
  for (const [list, entries] of Object.entries(configs) as [ListName, ChannelConfigs[ListName]][]) {
    const named = (entries ?? []).map((entry) => entry.Channel);
    if (new Set(named).size < named.length) throw invalidParameter(`${list} names a channel twice.`);
    if (voiceOnly.includes(list) && named.some((name) => name !== 'VOICE')) {
      throw invalidParameter(`${list} takes the channel VOICE only.`);
    }
  }
  return configs;
}

function checkedDeskPhone<Settings extends PhoneSettings>(settings: Settings): Settings {
  if (settings.phoneType === 'DESK_PHONE' && settings.deskPhoneNumber === null) {
    throw invalidParameter('A desk phone needs its number: give DeskPhoneNumber (PhoneNumber in PhoneNumberConfigs).');
  }
  return settings;
}

/** The known entries with the given ones in the places of their channels; undefined when that changes nothing. */
function merged<Entry extends { readonly Channel: string | undefined }>(
  known: readonly Entry[] = [],
  given: readonly Entry[] = [],
): Entry[] | undefined {
  const named = new Set(given.map((entry) => entry.Channel));
  const all = [...known.filter((entry) => !named.has(entry.Channel)), ...given];
  const inOrder = channels.flatMap((channel) => all.filter((entry) => entry.Channel === channel));
  const before = channels.flatMap((channel) => known.filter((entry) => entry.Channel === channel));
  return isDeepStrictEqual(inOrder, before) ? undefined : inOrder;
}

const voice = <Entry extends { readonly Channel: string }>(entries: readonly Entry[] | undefined) =>
  entries?.find((entry) => entry.Channel === 'VOICE');
