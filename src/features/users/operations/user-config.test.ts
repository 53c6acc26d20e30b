import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../../test/support/centre.ts';
import type { InputOf } from '../../../operations/connect-types.ts';

type Config = Omit<InputOf<'UpdateUserConfig'>, 'UserId' | 'InstanceId'>;

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });

const channels = ['VOICE', 'CHAT', 'TASK', 'EMAIL'] as const;
const described = async (UserId: string) => {
  const { User } = await centre.call('DescribeUser', { UserId });
  if (!User) throw new Error('no user');
  return User;
};
const update = (UserId: string, config: Config | object) => centre.call('UpdateUserConfig', { UserId, ...config });
const acw = (Channel: (typeof channels)[number], AfterContactWorkTimeLimit: number) => ({
  Channel,
  AfterContactWorkConfig: { AfterContactWorkTimeLimit },
});

describe('UpdateUserConfig', () => {
  test('sets the channels that are named, keeps the others, and PhoneConfig follows the calls', async () => {
    const id = await centre.addUser({ autoAccept: true, afterContactWorkTimeLimit: 30 });
    const answer = await update(id, {
      AutoAcceptConfigs: [{ Channel: 'CHAT', AutoAccept: false }],
      AfterContactWorkConfigs: [
        acw('EMAIL', 0),
        { ...acw('VOICE', 60), AgentFirstCallbackAfterContactWorkConfig: { AfterContactWorkTimeLimit: 90 } },
      ],
      PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+4930123456' }],
      PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: true }],
      VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'VOICE_ISOLATION' }],
    });
    expect(answer).toEqual({});
    expect(await described(id)).toMatchObject({
      AutoAcceptConfigs: channels.map((Channel) => ({ Channel, AutoAccept: Channel !== 'CHAT' })),
      AfterContactWorkConfigs: [
        { ...acw('VOICE', 60), AgentFirstCallbackAfterContactWorkConfig: { AfterContactWorkTimeLimit: 90 } },
        acw('CHAT', 30),
        acw('TASK', 30),
        acw('EMAIL', 0),
      ],
      PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+4930123456' }],
      PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: true }],
      VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'VOICE_ISOLATION' }],
      PhoneConfig: {
        PhoneType: 'DESK_PHONE',
        AutoAccept: true,
        AfterContactWorkTimeLimit: 60,
        DeskPhoneNumber: '+4930123456',
        PersistentConnection: true,
      },
    });
    const SearchCriteria = {
      StringCondition: { FieldName: 'resourceId', Value: id, ComparisonType: 'EXACT' as const },
    };
    const { Users } = await centre.call('SearchUsers', { SearchCriteria });
    const { AutoAcceptConfigs, AfterContactWorkConfigs, PhoneNumberConfigs } = await described(id);
    expect(Users).toMatchObject([
      {
        AutoAcceptConfigs,
        AfterContactWorkConfigs,
        PhoneNumberConfigs,
        PhoneConfig: { AfterContactWorkTimeLimit: 60_000 },
      },
    ]);
    const [entry] = await centre.history(id);
    expect(entry).toMatchObject({
      operation: 'UpdateUserConfig',
      change: 'UPDATED',
      details: { Changes: { PhoneType: { Old: 'SOFT_PHONE', New: 'DESK_PHONE' }, ChannelConfigs: { Old: {} } } },
    });
  });

  test('that says what is so already, in whichever form, writes nothing', async () => {
    const id = await centre.addUser({ autoAccept: true, phoneType: 'DESK_PHONE', deskPhoneNumber: '+4930123456' });
    const before = await described(id);
    centre.clock = new Date(centre.clock.getTime() + 60_000);
    await update(id, {});
    await update(id, { AutoAcceptConfigs: [], VoiceEnhancementConfigs: [] });
    await update(id, {
      AutoAcceptConfigs: [{ Channel: 'TASK', AutoAccept: true }],
      AfterContactWorkConfigs: [acw('VOICE', 0)],
      PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+4930123456' }],
    });
    expect(await described(id)).toEqual(before);
    expect(await centre.history(id)).toEqual([]);
  });

  test('keeps what was set by channel when the user was made', async () => {
    const id = await centre.addUser({
      channelConfigs: { AutoAcceptConfigs: [{ Channel: 'EMAIL', AutoAccept: true }] },
    });
    await update(id, { AutoAcceptConfigs: [{ Channel: 'VOICE', AutoAccept: true }] });
    expect(await described(id)).toMatchObject({
      AutoAcceptConfigs: [
        { Channel: 'VOICE', AutoAccept: true },
        { Channel: 'EMAIL', AutoAccept: true },
      ],
      PhoneConfig: { AutoAccept: true },
    });
  });

  test('and UpdateUserPhoneConfig mean, in any order, what a list of channels means', async () => {
    type Channels = Record<(typeof channels)[number], { accepts: boolean; seconds: number }>;
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('phone' as const),
        accepts: fc.boolean(),
        seconds: fc.constantFrom(0, 30, 2_000_000),
      }),
      fc.record({
        kind: fc.constant('channels' as const),
        accepts: fc.uniqueArray(fc.tuple(fc.constantFrom(...channels), fc.boolean()), { selector: ([name]) => name }),
        seconds: fc.uniqueArray(fc.tuple(fc.constantFrom(...channels), fc.constantFrom(0, 1, 60)), {
          selector: ([name]) => name,
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const id = await centre.addUser();
        const expected = Object.fromEntries(
          channels.map((name) => [name, { accepts: false, seconds: 0 }]),
        ) as unknown as Channels;
        for (const one of steps) {
          if (one.kind === 'phone') {
            for (const name of channels) expected[name] = { accepts: one.accepts, seconds: one.seconds };
            const PhoneConfig = { AutoAccept: one.accepts, AfterContactWorkTimeLimit: one.seconds };
            await centre.call('UpdateUserPhoneConfig', { UserId: id, PhoneConfig });
          } else {
            for (const [name, accepts] of one.accepts) expected[name].accepts = accepts;
            for (const [name, seconds] of one.seconds) expected[name].seconds = seconds;
            await update(id, {
              AutoAcceptConfigs: one.accepts.map(([Channel, AutoAccept]) => ({ Channel, AutoAccept })),
              AfterContactWorkConfigs: one.seconds.map(([Channel, seconds]) => acw(Channel, seconds)),
            });
          }
        }
        expect(await described(id)).toMatchObject({
          AutoAcceptConfigs: channels.map((Channel) => ({ Channel, AutoAccept: expected[Channel].accepts })),
          AfterContactWorkConfigs: channels.map((Channel) => acw(Channel, expected[Channel].seconds)),
          PhoneConfig: { AutoAccept: expected.VOICE.accepts, AfterContactWorkTimeLimit: expected.VOICE.seconds },
        });
      }),
      { numRuns: 40 },
    );
  });

  test.each<[object, RegExp]>([
    [{ AutoAcceptConfigs: [{ Channel: 'FAX', AutoAccept: true }] }, /Channel must be one of/],
    [{ AutoAcceptConfigs: [{ AutoAccept: true }] }, /Channel is required/],
    [{ AutoAcceptConfigs: [{ Channel: 'CHAT' }] }, /AutoAccept is required/],
    [{ AutoAcceptConfigs: Array(2).fill({ Channel: 'CHAT', AutoAccept: true }) }, /names a channel twice/],
    [{ AfterContactWorkConfigs: [{ Channel: 'CHAT' }] }, /AfterContactWorkConfig is required/],
    [{ AfterContactWorkConfigs: [acw('CHAT', 2_000_001)] }, /from 0 to 2,000,000/],
    [{ AfterContactWorkConfigs: [acw('CHAT', -1)] }, /from 0 to 2,000,000/],
    [{ PhoneNumberConfigs: [{ Channel: 'CHAT', PhoneType: 'SOFT_PHONE' }] }, /the channel VOICE only/],
    [{ PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE' }] }, /desk phone needs its number/],
    [{ PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '030' }] }, /phone number/],
    [{ PersistentConnectionConfigs: [{ Channel: 'TASK', PersistentConnection: true }] }, /the channel VOICE only/],
    [{ VoiceEnhancementConfigs: [{ Channel: 'CHAT', VoiceEnhancementMode: 'NONE' }] }, /the channel VOICE only/],
    [{ VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'LOUD' }] }, /must be one of/],
  ])('refuses %j and writes nothing', async (config, message) => {
    const id = await centre.addUser();
    const before = await described(id);
    await expect(update(id, config)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
    expect(await described(id)).toEqual(before);
  });

  test('needs Users.Edit, and a user', async () => {
    const id = await centre.addUser();
    const config = { AutoAcceptConfigs: [{ Channel: 'CHAT' as const, AutoAccept: true }] };
    const viewer = await centre.signedIn(['Users.View', 'Users.Create', 'Users.EditPermission']);
    const editor = await centre.signedIn(['Users.Edit']);
    const attempt = (caller: typeof viewer) => centre.call('UpdateUserConfig', { UserId: id, ...config }, caller);
    expect(await refusalOf(attempt(viewer))).toBe('AccessDeniedException');
    await attempt(editor);
    expect(await refusalOf(update(crypto.randomUUID(), config))).toBe('ResourceNotFoundException');
  });
});
