import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { centreForFile, monday, openCentre } from '../../../../test/support/centre.ts';
import { arnOf } from '../../../operations/arn.ts';
import { verifyPassword } from '../passwords.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 25 });

const password = 'Pass@Word1';
const valid = (changes: object = {}) => ({
  Username: `new-${randomUUID().slice(0, 8)}`,
  Password: password,
  IdentityInfo: { FirstName: 'Mary', LastName: 'Major', Email: 'mary@example.com' },
  SecurityProfileIds: [centre.securityProfiles.Agent],
  RoutingProfileId: centre.routingProfileId,
  ...changes,
});
const create = (changes: object = {}, on = centre) => on.call('CreateUser', valid({ ...changes }));
const describeUser = async (id: string) => (await centre.call('DescribeUser', { UserId: id })).User;
const usernames = async () => (await centre.db.selectFrom('users').select('username').execute()).map((u) => u.username);

describe('CreateUser', () => {
  test('makes a user who is described as given, and answers id and ARN', async () => {
    const group = randomUUID();
    await centre.db
      .insertInto('hierarchy_group')
      .values({
        id: group,
        instance_id: centre.instance.id,
        level: 1,
        name: 'North',
        last_modified_time: centre.clock,
        last_modified_region: 'us-east-1',
      })
      .execute();
    const { Admin = '', Agent = '' } = centre.securityProfiles;
    const { UserId, UserArn } = await create({
      Username: 'Mary',
      IdentityInfo: {
        FirstName: 'Mary',
        LastName: 'Müller',
        Email: 'mary@example.com',
        SecondaryEmail: 'm.m@mail.example.org',
        Mobile: '+12065550100',
      },
      PhoneConfig: {
        PhoneType: 'DESK_PHONE',
        AutoAccept: true,
        AfterContactWorkTimeLimit: 60,
        DeskPhoneNumber: '+15555551212',
      },
      SecurityProfileIds: [Agent, arnOf(centre.instance, 'security-profile', Admin), Agent],
      RoutingProfileId: arnOf(centre.instance, 'routing-profile', centre.routingProfileId),
      HierarchyGroupId: group,
      Tags: { Team: 'North' },
    });
    expect(UserArn).toBe(arnOf(centre.instance, 'agent', UserId));
    expect(await describeUser(UserArn)).toEqual({
      Id: UserId,
      Arn: UserArn,
      Username: 'Mary',
      IdentityInfo: {
        FirstName: 'Mary',
        LastName: 'Müller',
        Email: 'mary@example.com',
        SecondaryEmail: 'm.m@mail.example.org',
        Mobile: '+12065550100',
      },
      PhoneConfig: {
        PhoneType: 'DESK_PHONE',
        AutoAccept: true,
        AfterContactWorkTimeLimit: 60,
        DeskPhoneNumber: '+15555551212',
        PersistentConnection: false,
      },
      AutoAcceptConfigs: ['VOICE', 'CHAT', 'TASK', 'EMAIL'].map((Channel) => ({ Channel, AutoAccept: true })),
      AfterContactWorkConfigs: ['VOICE', 'CHAT', 'TASK', 'EMAIL'].map((Channel) => ({
        Channel,
        AfterContactWorkConfig: { AfterContactWorkTimeLimit: 60 },
      })),
      PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+15555551212' }],
      PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: false }],
      DirectoryUserId: UserId,
      SecurityProfileIds: [Agent, Admin],
      RoutingProfileId: centre.routingProfileId,
      HierarchyGroupId: group,
      Tags: { Team: 'North' },
      LastModifiedTime: centre.clock.getTime() / 1000,
      LastModifiedRegion: 'us-east-1',
    });
  });

  // As the AWS CLI's example of describe-user shows a user with a soft phone: "DeskPhoneNumber": "" and a DirectoryUserId.
  test('answers what clients read without asking, and takes it again', async () => {
    const { UserId } = await create({
      IdentityInfo: { FirstName: 'Mary', LastName: 'Major' },
      PhoneConfig: { PhoneType: 'SOFT_PHONE' },
    });
    const { Username, DirectoryUserId, IdentityInfo, PhoneConfig, Tags } = await describeUser(UserId);
    expect({ IdentityInfo, PhoneConfig, Tags, DirectoryUserId }).toEqual({
      IdentityInfo: { FirstName: 'Mary', LastName: 'Major', Email: '' },
      PhoneConfig: {
        PhoneType: 'SOFT_PHONE',
        AutoAccept: false,
        AfterContactWorkTimeLimit: 0,
        DeskPhoneNumber: '',
        PersistentConnection: false,
      },
      Tags: {},
      DirectoryUserId: UserId,
    });
    const copy = { Username: `${Username}-2`, IdentityInfo, PhoneConfig, Tags, DirectoryUserId };
    const { UserId: copied } = await create(copy);
    expect(await describeUser(copied)).toMatchObject(copy);
    const PhoneNumberConfigs = [{ Channel: 'VOICE', PhoneType: 'SOFT_PHONE', PhoneNumber: '' }];
    const { UserId: byChannel } = await create({ PhoneNumberConfigs });
    expect(await describeUser(byChannel)).toMatchObject({ PhoneNumberConfigs, PhoneConfig: { DeskPhoneNumber: '' } });
  });

  test('keeps what is set for single channels, and answers it in both forms', async () => {
    const given = {
      AutoAcceptConfigs: [
        { Channel: 'CHAT', AutoAccept: false },
        { Channel: 'VOICE', AutoAccept: true, AgentFirstCallbackAutoAccept: true },
      ],
      AfterContactWorkConfigs: [{ Channel: 'VOICE', AfterContactWorkConfig: { AfterContactWorkTimeLimit: 90 } }],
      PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+4930123456' }],
      PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: true }],
      VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'NOISE_SUPPRESSION' }],
    };
    const user = await describeUser((await create(given)).UserId);
    expect(user).toMatchObject(given);
    expect(user.PhoneConfig).toEqual({
      PhoneType: 'DESK_PHONE',
      AutoAccept: true,
      AfterContactWorkTimeLimit: 90,
      DeskPhoneNumber: '+4930123456',
      PersistentConnection: true,
    });
  });

  test('takes what the examples of the AWS CLI and of Terraform send: no e-mail, no phone', async () => {
    const { UserId } = await create({ IdentityInfo: { FirstName: 'Mary', LastName: 'Major' } });
    expect((await describeUser(UserId)).PhoneConfig).toMatchObject({ PhoneType: 'SOFT_PHONE', AutoAccept: false });
  });

  test.each([
    ['a.b_c-d', 'plain'],
    ['mary@example.com', 'an e-mail address'],
    ['corp\\mary+1', 'backslash and plus'],
    ['mårten', 'a letter beyond ASCII'],
    ['x'.repeat(100), '100 characters'],
  ])('takes the login %s (%s)', async (Username) => {
    await create({ Username });
    expect(await usernames()).toContain(Username);
  });

  test('refuses a login with characters that are not seen', async () => {
    // Zero width, writing direction, soft hyphen, byte order mark, a filler of Hangul, a variation selector, a separator.
    for (const unseen of '\u200b\u200d\u202e\u2066\u00ad\ufeff\u3164\ufe0f\u2028\u{e0041}') {
      await expect(create({ Username: `ma${unseen}ry` }), unseen).rejects.toThrow(/not seen/);
    }
  });

  test.each([
    [{ Username: '' }, /Username/],
    [{ Username: 'x'.repeat(101) }, /Username must have 1 to 100 characters/],
    [{ Username: 'mary@example' }, /@ only as part of an e-mail address/],
    [{ Username: 'a@b@example.com' }, /@ only as part of an e-mail address/],
    [{ Username: ' mary' }, /begin or end with a space/],
    [{ Username: 'ma\try' }, /control characters/],
    [{ Username: 'ma\u030arten' }, /NFC/],
    [{ Password: undefined }, /Password is required/],
    [{ Password: 'short1A' }, /Password must be 8 to 64 characters/],
    [{ Password: 'nouppercase1' }, /Password must be/],
    [{ Password: 'NOLOWERCASE1' }, /Password must be/],
    [{ Password: 'NoDigitsHere' }, /Password must be/],
    [{ Password: 'With Space 1' }, /Password must be/],
    [{ IdentityInfo: undefined }, /FirstName is required/],
    [{ IdentityInfo: { FirstName: ' ', LastName: 'Major' } }, /FirstName is required/],
    [{ IdentityInfo: { FirstName: 'Mary' } }, /LastName is required/],
    [{ IdentityInfo: { FirstName: 'Mary', LastName: 'Mu\u0308ller' } }, /LastName must be in Unicode Normalization/],
    [{ IdentityInfo: { FirstName: 'x'.repeat(256), LastName: 'Major' } }, /FirstName must have at most 255/],
    [{ IdentityInfo: { FirstName: 'M', LastName: 'M', Email: 'nowhere' } }, /Email must be an e-mail address/],
    [{ IdentityInfo: { FirstName: 'M', LastName: 'M', SecondaryEmail: 'a@b.c' } }, /SecondaryEmail must be/],
    [{ IdentityInfo: { FirstName: 'M', LastName: 'M', Mobile: '206 555' } }, /Mobile must be a phone number/],
    [{ SecurityProfileIds: [] }, /SecurityProfileIds must have 1 to 10 entries/],
    [{ SecurityProfileIds: Array.from({ length: 11 }, () => randomUUID()) }, /1 to 10 entries/],
    [{ SecurityProfileIds: ['Agent'] }, /neither the id nor the ARN of a security profile/],
    [{ RoutingProfileId: undefined }, /RoutingProfileId is required/],
    [{ PhoneConfig: { PhoneType: 'DESK_PHONE' } }, /desk phone needs its number/],
    [{ PhoneConfig: { PhoneType: 'SATELLITE' } }, /PhoneType/],
    [
      { PhoneConfig: { PhoneType: 'DESK_PHONE', DeskPhoneNumber: '0301234' } },
      /DeskPhoneNumber must be a phone number/,
    ],
    [{ PhoneConfig: { PhoneType: 'SOFT_PHONE', AfterContactWorkTimeLimit: -1 } }, /AfterContactWorkTimeLimit/],
    [{ PhoneConfig: { PhoneType: 'SOFT_PHONE', AfterContactWorkTimeLimit: 2_000_001 } }, /from 0 to 2,000,000/],
    [
      { PhoneConfig: { AutoAccept: true }, AutoAcceptConfigs: [{ Channel: 'VOICE', AutoAccept: true }] },
      /AutoAccept and AutoAcceptConfigs say the same/,
    ],
    [
      { PhoneConfig: { PhoneType: 'SOFT_PHONE' }, PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'SOFT_PHONE' }] },
      /PhoneType and PhoneNumberConfigs say the same/,
    ],
    [{ PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE' }] }, /desk phone needs its number/],
    [{ PersistentConnectionConfigs: [{ Channel: 'CHAT', PersistentConnection: true }] }, /the channel VOICE only/],
    [
      {
        AutoAcceptConfigs: [
          { Channel: 'CHAT', AutoAccept: true },
          { Channel: 'CHAT', AutoAccept: false },
        ],
      },
      /names a channel twice/,
    ],
    [{ DirectoryUserId: 'x'.repeat(257) }, /DirectoryUserId must have at most 256/],
    [{ PhoneConfig: { PhoneType: 'DESK_PHONE', DeskPhoneNumber: '' } }, /desk phone needs its number/],
    [
      { PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '' }] },
      /desk phone needs its number/,
    ],
    [{ Tags: { 'aws:team': 'x' } }, /aws:/],
    [{ Tags: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v'])) }, /at most|1 to 50/],
  ])('refuses %j and says why', async (changes, message) => {
    const before = await usernames();
    await expect(create(changes)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
    expect(await usernames()).toEqual(before);
  });

  test('names what the instance does not have', async () => {
    const unknown = randomUUID();
    const found = { code: 'ResourceNotFoundException', message: expect.stringContaining(unknown) };
    const other = arnOf({ ...centre.instance, id: randomUUID() }, 'routing-profile', unknown);
    await expect(create({ RoutingProfileId: unknown })).rejects.toMatchObject(found);
    await expect(create({ RoutingProfileId: other })).rejects.toMatchObject(found);
    await expect(create({ HierarchyGroupId: unknown })).rejects.toMatchObject(found);
    await expect(create({ SecurityProfileIds: [centre.securityProfiles.Agent, unknown] })).rejects.toMatchObject(found);
  });

  test('of 20 at the same time with one login, one succeeds', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => create({ Username: 'once' })));
    const refused = results.filter((result) => result.status === 'rejected').map((result) => result.reason.code);
    expect(refused).toEqual(Array(19).fill('DuplicateResourceException'));
    const users = await centre.db.selectFrom('users').select('id').where('username', '=', 'once').execute();
    expect(users).toHaveLength(1);
    const audited = await centre.db
      .selectFrom('audit_entry')
      .where('resource_name', '=', 'once')
      .select('id')
      .execute();
    expect(audited).toHaveLength(1);
  });

  test('keeps the password as a hash only, and nowhere else', async () => {
    const { UserId } = await create();
    const row = await centre.db.selectFrom('users').selectAll().where('id', '=', UserId).executeTakeFirstOrThrow();
    expect(await verifyPassword(row.password_hash ?? '', password)).toBe(true);
    const audit = await centre.db.selectFrom('audit_entry').selectAll().execute();
    expect(JSON.stringify(audit)).not.toContain(password);
    expect(JSON.stringify(audit)).not.toContain('argon2');
    await expect(create({ Password: 'invalid secret 1A' })).rejects.not.toMatchObject({
      message: expect.stringContaining('invalid secret'),
    });
  });

  test('is audited with what the user began with', async () => {
    const { UserId } = await create({ Tags: { Team: 'South' } });
    const [entry] = await centre.history(UserId);
    expect(entry).toMatchObject({
      operation: 'CreateUser',
      change: 'CREATED',
      permission: 'connect:CreateUser',
      details: { FirstName: 'Mary', RoutingProfileId: centre.routingProfileId, Tags: { Team: 'South' } },
    });
  });

  test('is allowed to a signed-in user with Users.Create, whatever profile they give, and to nobody without', async () => {
    const creator = await centre.signedIn(['Users.Create']);
    const input = valid({ SecurityProfileIds: [centre.securityProfiles.Admin] });
    const { UserId } = await centre.call('CreateUser', input, creator);
    expect((await centre.history(UserId))[0]?.permission).toBe('Users.Create');
    const editor = await centre.signedIn(['Users.Edit', 'Users.View', 'Users.Delete']);
    await expect(centre.call('CreateUser', valid(), editor)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});

describe('CreateUser elsewhere', () => {
  test('with SAML there is neither password nor e-mail, and a login fits into a session name', async () => {
    const saml = await openCentre({ as: 'ACCESS_KEY', clock: monday, identityManagementType: 'SAML' });
    try {
      const given = {
        RoutingProfileId: saml.routingProfileId,
        SecurityProfileIds: [saml.securityProfiles.Agent],
        Password: undefined,
        IdentityInfo: { FirstName: 'Mary', LastName: 'Major' },
      };
      const { UserId } = await create({ ...given, Username: 'mary' }, saml);
      const { User } = await saml.call('DescribeUser', { UserId });
      expect(User).not.toHaveProperty('DirectoryUserId');
      const { IdentityInfo, PhoneConfig, Tags } = User;
      expect(IdentityInfo).toEqual({ ...given.IdentityInfo, Email: '' });
      await create({ ...given, Username: 'mary.2', IdentityInfo, PhoneConfig, Tags }, saml);
      for (const [changes, message] of [
        [{ Password: password }, /Password must be left out/],
        [{ IdentityInfo: { FirstName: 'M', LastName: 'M', Email: 'm@example.com' } }, /Email must be left out/],
        [{ IdentityInfo: {} }, /FirstName is required/],
        [{ Username: 'mårten' }, /With SAML, Username must be/],
        [{ DirectoryUserId: 'u-1' }, /DirectoryUserId must be left out/],
      ] as const) {
        await expect(create({ ...given, ...changes }, saml)).rejects.toThrow(message);
      }
    } finally {
      await saml.close();
    }
  });

  test('with a directory, names may be missing and there is no password', async () => {
    const directory = await openCentre({
      as: 'ACCESS_KEY',
      clock: monday,
      identityManagementType: 'EXISTING_DIRECTORY',
    });
    try {
      const given = {
        RoutingProfileId: directory.routingProfileId,
        SecurityProfileIds: [directory.securityProfiles.Agent],
        Password: undefined,
        IdentityInfo: undefined,
        DirectoryUserId: 'u-1',
      };
      const { UserId } = await create(given, directory);
      const { User } = await directory.call('DescribeUser', { UserId });
      expect(User).toMatchObject({ DirectoryUserId: 'u-1' });
      await expect(create({ ...given, Password: password }, directory)).rejects.toThrow(/Password must be left out/);
    } finally {
      await directory.close();
    }
  });

  /** Admin guide and API Reference, CreateUser: what each way to sign in asks for, takes and refuses. */
  const rules = {
    CONNECT_MANAGED: { password: 'needed', names: 'needed', email: 'taken', directoryUserId: 'taken' },
    SAML: { password: 'refused', names: 'needed', email: 'refused', directoryUserId: 'refused' },
    EXISTING_DIRECTORY: { password: 'refused', names: 'taken', email: 'taken', directoryUserId: 'taken' },
  } as const;

  test.each(Object.entries(rules))('%s asks for, takes and refuses what it should', async (type, rule) => {
    const identityManagementType = type as keyof typeof rules;
    const on = await openCentre({ as: 'ACCESS_KEY', clock: monday, identityManagementType });
    try {
      const attempt = async (leftOut: string | null, added: string | null) => {
        const has = (member: keyof typeof rule) =>
          (rule[member] === 'needed' && member !== leftOut) || member === added;
        const input = {
          Username: `x-${randomUUID().slice(0, 8)}`,
          RoutingProfileId: on.routingProfileId,
          SecurityProfileIds: [on.securityProfiles.Agent],
          ...(has('password') && { Password: password }),
          ...(has('directoryUserId') && { DirectoryUserId: 'S-1-5-21' }),
          IdentityInfo: {
            ...(has('names') && { FirstName: 'Mary', LastName: 'Major' }),
            ...(has('email') && { Email: 'mary@example.com' }),
            SecondaryEmail: 'second@example.com',
            Mobile: '+12065550100',
          },
        };
        return on.call('CreateUser', input).then(
          () => 'taken',
          (error) => error.code,
        );
      };
      expect(await attempt(null, null)).toBe('taken');
      for (const [member, kind] of Object.entries(rule)) {
        const outcome = kind === 'needed' ? await attempt(member, null) : await attempt(null, member);
        expect(outcome, member).toBe(kind === 'taken' ? 'taken' : 'InvalidParameterException');
      }
    } finally {
      await on.close();
    }
  });

  test('with SAML a login is of the letters of a session name, 64 at most', async () => {
    const saml = await openCentre({ as: 'ACCESS_KEY', clock: monday, identityManagementType: 'SAML' });
    try {
      const outcome = (Username: string) =>
        create(
          {
            Username,
            Password: undefined,
            IdentityInfo: { FirstName: 'Mary', LastName: 'Major' },
            RoutingProfileId: saml.routingProfileId,
            SecurityProfileIds: [saml.securityProfiles.Agent],
          },
          saml,
        ).then(
          () => 'taken',
          (error) => error.code,
        );
      for (const login of [
        'x'.repeat(64),
        'A-z_0.9\\b+c',
        'mary.major@example.com',
        'mmajo@00D5e000001abcd@0055e00000XyzAB',
      ]) {
        expect(await outcome(login), login).toBe('taken');
      }
      const wrong = [
        'x'.repeat(65),
        'mary major',
        'mary/major',
        'mary@example',
        'märy',
        'a@b@',
        'a@@b',
        '@a@b',
        'a@b@c@d',
      ];
      for (const login of wrong) {
        expect(await outcome(login), login).toBe('InvalidParameterException');
      }
      // Case-sensitive, as the session name of the identity provider is.
      expect(await outcome('MARY.MAJOR@example.com')).toBe('taken');
      expect(await outcome('mary.major@example.com')).toBe('DuplicateResourceException');
    } finally {
      await saml.close();
    }
  });
});
