import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, monday, openCentre } from '../../../test/support/centre.ts';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { migrate } from '../../database/migrate.ts';
import { namePage } from '../../operations/name-paging.ts';
import { systemAttributes } from './rules.ts';
import { listPredefinedAttributes } from './store.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 12 });

let count = 0;
const newName = () => `Attribute ${++count}`;
const create = async (StringList: readonly string[], Name = newName()) => {
  await centre.call('CreatePredefinedAttribute', { Name, Values: { StringList } });
  return Name;
};
const describeAttribute = async (Name: string) =>
  (await centre.call('DescribePredefinedAttribute', { Name })).PredefinedAttribute;
const proficient = (UserId: string, AttributeName: string, AttributeValue: string) =>
  centre.call('AssociateUserProficiencies', {
    UserId,
    UserProficiencies: [{ AttributeName, AttributeValue, Level: 3 }],
  });
const numbered = (to: number) => Array.from({ length: to }, (_, index) => `value ${index}`);

describe('CreatePredefinedAttribute', () => {
  test('answers nothing, and the attribute is described as given and audited', async () => {
    const Name = "Ärzte /:=+-@' 1";
    const answer = await centre.call('CreatePredefinedAttribute', {
      Name,
      Values: { StringList: ['Kardiologie', 'HNO'] },
      Purposes: ['routing', 'contact search'],
      AttributeConfiguration: { EnableValueValidationOnAssociation: true },
    });
    expect(answer).toEqual({});
    expect(await describeAttribute(Name)).toEqual({
      Name,
      Values: { StringList: ['Kardiologie', 'HNO'] },
      Purposes: ['routing', 'contact search'],
      AttributeConfiguration: { EnableValueValidationOnAssociation: true, IsReadOnly: false },
      LastModifiedTime: centre.clock.getTime() / 1000,
      LastModifiedRegion: 'us-east-1',
    });
    expect(await centre.history(Name)).toMatchObject([
      { operation: 'CreatePredefinedAttribute', change: 'CREATED', permission: 'connect:CreatePredefinedAttribute' },
    ]);
  });

  test('takes a name alone', async () => {
    const Name = newName();
    await centre.call('CreatePredefinedAttribute', { Name });
    expect(await describeAttribute(Name)).toMatchObject({
      Values: { StringList: [] },
      Purposes: [],
      AttributeConfiguration: { EnableValueValidationOnAssociation: false, IsReadOnly: false },
    });
  });

  test('refuses a name that is taken, in whatever case, also by those who make it at the same time', async () => {
    await create([], 'Sprache');
    for (const Name of ['Sprache', 'sprache', 'SPRACHE', 'Connect:language']) {
      expect(await refusalOf(create([], Name))).toBe('DuplicateResourceException');
    }
    const made = await Promise.allSettled(['once', 'ONCE', 'Once', 'oncE'].map((Name) => create([], Name)));
    expect(made.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test.each<[object, RegExp]>([
    [{ Name: '' }, /Name must have 1 to 100 characters/],
    [{ Name: 'x'.repeat(101) }, /Name must have 1 to 100 characters/],
    [{ Name: 'aws:Team' }, /must not begin with aws: or connect:/],
    [{ Name: 'connect:Team' }, /must not begin with aws: or connect:/],
    [{ Name: 'Team!' }, /Name must be letters, digits/],
    [{ Values: {} }, /Values/],
    [{ Values: { StringList: numbered(501) } }, /at most 500 entries/],
    [{ Values: { StringList: ['x'.repeat(101)] } }, /1 to 100 characters/],
    [{ Values: { StringList: [''] } }, /1 to 100 characters/],
    [{ Values: { StringList: ['a', 'connect:b'] } }, /must not begin with/],
    [{ Values: { StringList: ['a', 'b', 'a'] } }, /"a" twice/],
    [{ Purposes: Array(11).fill('x') }, /at most 10 entries/],
    [{ Purposes: [''] }, /1 to 100 characters/],
  ])('refuses %j and says why', async (changes, message) => {
    await expect(centre.call('CreatePredefinedAttribute', { Name: newName(), ...changes })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });

  test('makes 150 with the system’s three, and not one more, however many ask at once', async () => {
    const own = await openCentre({ as: 'ACCESS_KEY', clock: monday, max: 8 });
    const row = { instance_id: own.instance.id, string_list: [], last_modified_time: own.clock };
    const rows = Array.from({ length: 145 }, (_, n) => ({ ...row, id: crypto.randomUUID(), name: `Attribute ${n}` }));
    await own.db
      .insertInto('predefined_attribute')
      .values(rows.map((one) => ({ ...one, last_modified_region: 'us-east-1' })))
      .execute();
    const made = await Promise.all(
      Array.from({ length: 5 }, (_, n) => refusalOf(own.call('CreatePredefinedAttribute', { Name: `Last ${n}` }))),
    );
    expect(made.toSorted()).toEqual([...Array(3).fill('LimitExceededException'), ...Array(2).fill('was not refused')]);
    await own.close();
  });

  test('takes 500 values of 100 characters', async () => {
    const values = numbered(500).map((value) => value.padEnd(100, 'ä'));
    expect((await describeAttribute(await create(values)))?.Values?.StringList).toEqual(values);
  });
});

describe('UpdatePredefinedAttribute', () => {
  test('replaces what is given, leaves the rest, and is audited with both', async () => {
    const Name = await create(['a', 'b']);
    centre.clock = new Date(centre.clock.getTime() + 1000);
    await centre.call('UpdatePredefinedAttribute', { Name, Values: { StringList: ['b', 'c'] } });
    await centre.call('UpdatePredefinedAttribute', {
      Name,
      Purposes: ['routing'],
      AttributeConfiguration: { EnableValueValidationOnAssociation: true },
    });
    await centre.call('UpdatePredefinedAttribute', { Name, Purposes: ['routing'] });
    expect(await describeAttribute(Name)).toMatchObject({
      Values: { StringList: ['b', 'c'] },
      Purposes: ['routing'],
      AttributeConfiguration: { EnableValueValidationOnAssociation: true },
      LastModifiedTime: centre.clock.getTime() / 1000,
    });
    expect((await centre.history(Name)).slice(1)).toMatchObject([
      { details: { Changes: { Values: { Old: ['a', 'b'], New: ['b', 'c'] } } } },
      { details: { Changes: { Purposes: { Old: [], New: ['routing'] } } } },
    ]);
  });

  test('does not take a value away that a user is proficient in', async () => {
    const Name = await create(['a', 'b']);
    const UserId = await centre.addUser();
    await proficient(UserId, Name, 'a');
    const keep = (StringList: string[]) => centre.call('UpdatePredefinedAttribute', { Name, Values: { StringList } });
    expect(await refusalOf(keep(['b']))).toBe('InvalidRequestException');
    await keep(['a']);
    expect((await describeAttribute(Name))?.Values?.StringList).toEqual(['a']);
  });

  test('knows an attribute by exactly its name', async () => {
    await create([], 'Region');
    expect(await refusalOf(centre.call('UpdatePredefinedAttribute', { Name: 'region' }))).toBe(
      'ResourceNotFoundException',
    );
  });
});

describe('DeletePredefinedAttribute', () => {
  test('deletes once, and the name is free', async () => {
    const Name = await create(['a']);
    expect(await centre.call('DeletePredefinedAttribute', { Name })).toEqual({});
    expect(await refusalOf(centre.call('DeletePredefinedAttribute', { Name }))).toBe('ResourceNotFoundException');
    expect(await refusalOf(describeAttribute(Name))).toBe('ResourceNotFoundException');
    await create(['b'], Name.toUpperCase());
    expect((await centre.history(Name)).map(({ change }) => change)).toEqual(['CREATED', 'DELETED']);
  });

  test('refuses while a user is proficient in it, and no longer when the user is gone', async () => {
    const Name = await create(['a']);
    const UserId = await centre.addUser({ username: 'proficient' });
    await proficient(UserId, Name, 'a');
    await expect(centre.call('DeletePredefinedAttribute', { Name })).rejects.toMatchObject({
      code: 'ResourceInUseException',
      members: { ResourceType: 'USER', ResourceId: expect.stringContaining(`/agent/${UserId}`) },
    });
    await centre.call('DeleteUser', { UserId });
    await centre.call('DeletePredefinedAttribute', { Name });
  });

  test('and a proficiency that is given at the same moment do not miss each other', async () => {
    for (let round = 0; round < 8; round += 1) {
      const Name = await create(['a']);
      const UserId = await centre.addUser();
      const [given, deleted] = await Promise.all([
        refusalOf(proficient(UserId, Name, 'a')),
        refusalOf(centre.call('DeletePredefinedAttribute', { Name })),
      ]);
      expect([
        ['was not refused', 'ResourceInUseException'],
        ['ResourceNotFoundException', 'was not refused'],
      ]).toContainEqual([given, deleted]);
    }
  });
});

describe('the system’s attributes', () => {
  test('are in every new instance, and one of them cannot be changed', async () => {
    const { PredefinedAttributeSummaryList: listed = [] } = await centre.call('ListPredefinedAttributes', {});
    const names = listed.map(({ Name }) => Name).filter((name) => name?.startsWith('connect:'));
    expect(names).toEqual(['connect:Language', 'connect:Subtype', 'connect:WorkloadType']);
    const subtype = await describeAttribute('connect:Subtype');
    expect(subtype).toMatchObject({ AttributeConfiguration: { IsReadOnly: true } });
    expect(subtype?.Values?.StringList).toContain('connect:Telephony');
    expect(await refusalOf(centre.call('UpdatePredefinedAttribute', { Name: 'connect:Subtype' }))).toBe(
      'InvalidRequestException',
    );
  });

  test('take customers’ values, and are not deleted', async () => {
    for (const Name of ['connect:Language', 'connect:WorkloadType']) {
      await centre.call('UpdatePredefinedAttribute', { Name, Values: { StringList: ['Deutsch'] } });
      expect((await describeAttribute(Name))?.Values?.StringList).toEqual(['Deutsch']);
      expect(await refusalOf(centre.call('DeletePredefinedAttribute', { Name }))).toBe('InvalidRequestException');
    }
  });
});

test('a database from before gets the system’s attributes for the instances that it has', async () => {
  const { pool, db, close } = await createTestDatabase({ migrated: false });
  const folder = fileURLToPath(new URL('../../database/migrations', import.meta.url));
  const before = await mkdtemp(join(tmpdir(), 'cordboard-test-'));
  try {
    for (const file of (await readdir(folder)).filter((name) => name < '0011')) {
      await copyFile(join(folder, file), join(before, file));
    }
    await migrate(pool, { folder: before });
    const id = crypto.randomUUID();
    const made = new Date('2026-01-01T00:00:00Z');
    // As it was then, whatever an instance has since.
    await pool.query(
      `insert into instance (id, region, account_id, identity_management_type, status, inbound_calls_enabled,
         outbound_calls_enabled, created_time)
       values ($1, 'us-east-1', '123456789012', 'SAML', 'ACTIVE', true, true, $2)`,
      [id, made],
    );
    await migrate(pool);
    const { items: attributes } = await listPredefinedAttributes(db, id, undefined, namePage('x', {}));
    expect(attributes).toMatchObject(systemAttributes.map((one) => ({ ...one, purposes: [], lastModifiedTime: made })));
  } finally {
    await rm(before, { recursive: true });
    await close();
  }
});

describe('lists and searches', () => {
  const names = ['alpha', 'Beta 50%', 'beta_x', 'Gamma', 'ärger', 'back\\slash'];
  let own: Centre;
  beforeAll(async () => {
    own = await openCentre({ as: 'ACCESS_KEY', clock: monday });
    // A backslash is not among the letters of a name, so that one is written past the operation.
    for (const Name of names.filter((name) => /^[^%\\]*$/.test(name))) {
      await own.call('CreatePredefinedAttribute', { Name });
    }
    const row = { instance_id: own.instance.id, string_list: [], last_modified_time: own.clock };
    for (const name of names.filter((name) => /[%\\]/.test(name))) {
      await own.db
        .insertInto('predefined_attribute')
        .values({ ...row, id: crypto.randomUUID(), name, last_modified_region: 'us-east-1' })
        .execute();
    }
  });
  afterAll(() => own.close());
  const all = [...names, 'connect:Language', 'connect:Subtype', 'connect:WorkloadType'];

  test('a list gives each once over pages of any size, in the order of names', async () => {
    const listed = async (MaxResults: number) =>
      (await allPages((NextToken) => own.call('ListPredefinedAttributes', { MaxResults, NextToken }))).flatMap((page) =>
        (page.PredefinedAttributeSummaryList ?? []).map(({ Name = '' }) => Name),
      );
    const whole = await listed(100);
    expect(whole.toSorted()).toEqual(all.toSorted());
    for (const size of [1, 2, 4, 8, 9]) expect(await listed(size)).toEqual(whole);
  });

  test('a search finds what its conditions mean, on pages of any size', async () => {
    const part = fc.constantFrom('a', 'A', 'BETA', '50%', '_x', 'Är', 'connect:', 'k\\s', 'Gamma', 'nothing');
    const comparison = fc.constantFrom('EXACT' as const, 'STARTS_WITH' as const, 'CONTAINS' as const);
    type Node = { Value: string; ComparisonType: 'EXACT' | 'STARTS_WITH' | 'CONTAINS' };
    const meets = (name: string, { Value, ComparisonType }: Node) => {
      const [whole, wanted] = [name.toLowerCase(), Value.toLowerCase()];
      if (ComparisonType === 'EXACT') return whole === wanted;
      return ComparisonType === 'STARTS_WITH' ? whole.startsWith(wanted) : whole.includes(wanted);
    };
    const leaf = fc.record({ Value: part, ComparisonType: comparison });
    const criteriaOf = (node: Node) => ({ StringCondition: { FieldName: 'name', ...node } });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(leaf, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 10 }),
        async (alternatives, MaxResults) => {
          const expected = all.filter((name) => alternatives.some((both) => both.every((one) => meets(name, one))));
          const SearchCriteria = {
            OrConditions: alternatives.map((both) => ({ AndConditions: both.map(criteriaOf) })),
          };
          const pages = await allPages((NextToken) =>
            own.call('SearchPredefinedAttributes', {
              SearchCriteria,
              MaxResults,
              NextToken,
            }),
          );
          const found = pages.flatMap((page) => (page.PredefinedAttributes ?? []).map(({ Name = '' }) => Name));
          expect(found.toSorted()).toEqual(expected.toSorted());
          for (const page of pages) expect(page.ApproximateTotalCount).toBe(expected.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a page is of 100 at most, a search is by name', async () => {
    const condition = { FieldName: 'value', Value: 'x', ComparisonType: 'EXACT' };
    for (const [operation, input] of [
      ['ListPredefinedAttributes', { MaxResults: 101 }],
      ['ListPredefinedAttributes', { NextToken: 'x' }],
      ['SearchPredefinedAttributes', { MaxResults: 101 }],
      ['SearchPredefinedAttributes', { NextToken: 'x'.repeat(2501) }],
      ['SearchPredefinedAttributes', { SearchCriteria: { StringCondition: condition } }],
      ['SearchPredefinedAttributes', { SearchCriteria: { StringCondition: { ...condition, ComparisonType: 'X' } } }],
    ] as const) {
      expect(await refusalOf(own.send(operation, input)), operation).toBe('InvalidParameterException');
    }
  });
});

test('each operation needs its own permission, and whoever sees users sees the attributes', async () => {
  const Name = await create(['a']);
  const calls = {
    CreatePredefinedAttribute: ['PredefinedAttributes.Create'],
    UpdatePredefinedAttribute: ['PredefinedAttributes.Edit'],
    DescribePredefinedAttribute: ['PredefinedAttributes.View', 'PredefinedAttributes.Edit', 'Users.View', 'Users.Edit'],
    ListPredefinedAttributes: ['PredefinedAttributes.View', 'PredefinedAttributes.Edit', 'Users.View', 'Users.Edit'],
    SearchPredefinedAttributes: ['PredefinedAttributes.View', 'PredefinedAttributes.Edit', 'Users.View', 'Users.Edit'],
    DeletePredefinedAttribute: ['PredefinedAttributes.Delete'],
  } satisfies Record<string, PermissionId[]>;
  const every = (['Create', 'Edit', 'View', 'Delete'] as const).flatMap((verb): PermissionId[] => [
    `PredefinedAttributes.${verb}`,
    `Users.${verb}`,
  ]);
  for (const [operation, sufficient] of Object.entries<readonly PermissionId[]>(calls)) {
    const input = () => (operation === 'CreatePredefinedAttribute' ? { Name: newName() } : { Name });
    const without = await centre.signedIn(every.filter((permission) => !sufficient.includes(permission)));
    expect(await refusalOf(centre.send(operation, input(), without)), operation).toBe('AccessDeniedException');
    for (const permission of sufficient) {
      const only = await centre.signedIn([permission]);
      expect(await refusalOf(centre.send(operation, input(), only)), operation).toBe('was not refused');
    }
  }
});
