import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Constraints } from '../operations/constraints.ts';
import { items, length, oneOf, pattern, range, tagMap } from '../operations/constraints.ts';
import { defineExtensionRead, type Operation } from '../operations/define-operation.ts';
import { OperationError } from '../operations/errors.ts';
import * as shape from '../operations/shapes.ts';
import { compileOperation } from './compile-operation.ts';
import { decodeRequest } from './decode-request.ts';
import { model } from './model.generated.ts';

const connect = (name: string, constraints: Constraints = {}) =>
  compileOperation({ name, kind: 'READ', extension: null, constraints } as unknown as Operation, model);

const extension = compileOperation(
  defineExtensionRead(
    'TryEverything',
    {
      method: 'POST',
      uri: '/try/{InstanceId}',
      summary: 'For tests.',
      input: shape.structure({
        InstanceId: shape.label(),
        Dry: shape.query('dry', shape.boolean()),
        Level: shape.query('level', shape.number()),
        Since: shape.query('since', shape.timestamp()),
        Changes: shape.nested(shape.structure({ Note: shape.required(shape.string()), Count: shape.integer() })),
        Rows: shape.list(shape.nested(shape.structure({ Name: shape.string() }))),
        Ratio: shape.number(),
        At: shape.timestamp(),
        Labels: shape.map(shape.string()),
        On: shape.boolean(),
        Password: shape.sensitive(shape.string()),
      }),
      output: shape.structure({}),
    },
    {
      permission: 'ANY_USER',
      constraints: {
        Password: length(8, 64),
        'Changes.Note': length(1, 5),
        'Rows.Name': oneOf('a', 'b'),
        Rows: items(0, 2),
        'Labels{key}': length(1, 3),
        'Labels{value}': length(0, 3),
        Ratio: range(0, 1),
      },
      handler: async () => ({}),
    },
  ),
  model,
);

interface Sent {
  readonly url?: string;
  readonly body?: unknown;
  /** Instead of `body`: the bytes as they are. */
  readonly raw?: string | Uint8Array;
}

function decode(operation: ReturnType<typeof connect>, sent: Sent) {
  const raw = sent.raw ?? (sent.body === undefined ? '' : JSON.stringify(sent.body));
  return decodeRequest(operation, { url: sent.url ?? '/try/i', headers: {}, body: Buffer.from(raw as string) });
}

function refusal(operation: ReturnType<typeof connect>, sent: Sent): string {
  try {
    decode(operation, sent);
  } catch (error) {
    if (error instanceof OperationError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('it was accepted');
}

const refused = (sent: Sent) => refusal(extension, sent).replace('InvalidParameterException: ', '');

describe('a request', () => {
  test('is read from path, query and body', () => {
    const url = '/try/arn%3Aaws%3Aa%2Fb%20%C3%A9+%2B?dry=true&level=-1.5e3&since=2024-02-29T12:30:00.5Z&unknown=1';
    const body = {
      Changes: { Note: 'four', Count: 3 },
      Rows: [{ Name: 'a' }, {}],
      Ratio: 0.5,
      At: 1700000000.123,
      Labels: { a: '', b: 'x' },
      On: false,
      Unknown: { deep: [1] },
    };
    expect(decode(extension, { url, body })).toEqual({
      InstanceId: 'arn:aws:a/b é++',
      Dry: true,
      Level: -1500,
      Since: new Date('2024-02-29T12:30:00.500Z'),
      Changes: { Note: 'four', Count: 3 },
      Rows: [{ Name: 'a' }, {}],
      Ratio: 0.5,
      At: new Date(1700000000123),
      Labels: { a: '', b: 'x' },
      On: false,
    });
  });

  test('may have null for what it leaves out', () => {
    const body = { Ratio: null, Changes: null, Labels: { a: null }, Rows: [{ Name: null }] };
    expect(decode(extension, { body })).toEqual({ InstanceId: 'i', Labels: {}, Rows: [{}] });
  });

  test('of an operation without body members is not read for one', () => {
    expect(decode(connect('DeleteUser'), { url: '/users/i/u', raw: 'not json' })).toEqual({
      InstanceId: 'i',
      UserId: 'u',
    });
  });

  test('has lists in the query as repeated keys, and a plus there is a space', () => {
    const url = '/tags/arn?tagKeys=a+b&tagKeys=c%2Bd&tagKeys=%C3%A9';
    expect(decode(connect('UntagResource'), { url })).toEqual({ resourceArn: 'arn', tagKeys: ['a b', 'c+d', 'é'] });
  });

  test('may begin with a byte order mark', () => {
    expect(decode(extension, { raw: '\uFEFF{"On":true}' })).toEqual({ InstanceId: 'i', On: true });
  });

  test('keeps __proto__ as a plain key of a map and touches no prototype', () => {
    const operation = connect('TagResource');
    const raw = '{"tags":{"__proto__":"x","constructor":"y"},"__proto__":{"polluted":true}}';
    const { tags } = decode(operation, { url: '/tags/arn', raw });
    expect(Object.entries(tags as object)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(refusal(operation, { url: '/tags/arn', raw: '{"__proto__":{"tags":{}}}' })).toContain('tags is required');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a refusal names the member by its path and says what to change', () => {
  test.each<[Sent, string]>([
    [{ url: '/try/' }, 'InstanceId is required: its place in the path is empty.'],
    [{ url: '/try/%E0%A4%A' }, 'InstanceId is not valid percent-encoded UTF-8.'],
    [{ url: '/try/a%00b' }, 'InstanceId must be valid Unicode text without NUL characters.'],
    [{ url: '/try/i?dry=yes' }, 'Dry must be true or false.'],
    [{ url: '/try/i?dry=true&dry=true' }, 'Dry must be given once; it is in the query several times.'],
    [{ url: '/try/i?level=1,5' }, 'Level must be a number.'],
    [{ url: '/try/i?dry=%ff' }, 'The query string is not valid percent-encoded UTF-8.'],
    [
      { url: '/try/i?since=1700000000' },
      'Since must be an ISO 8601 time with its offset, such as 2024-02-29T12:30:00Z.',
    ],
    [
      { url: '/try/i?since=2023-02-29T00:00:00Z' },
      'Since must be an ISO 8601 time with its offset, such as 2024-02-29T12:30:00Z.',
    ],
    [{ raw: '{"On":tru}' }, 'The request body is not valid JSON.'],
    [{ raw: '{"On":true' }, 'The request body is not valid JSON.'],
    [{ raw: '[]' }, 'The request body must be a JSON object.'],
    [{ raw: 'null' }, 'The request body must be a JSON object.'],
    [{ raw: Uint8Array.of(0x7b, 0xff, 0x7d) }, 'The request body must be UTF-8.'],
    [{ body: { On: 'true' } }, 'On must be true or false, not text.'],
    [{ body: { Ratio: '1' } }, 'Ratio must be a number, not text.'],
    [{ raw: '{"Ratio":1e999}' }, 'Ratio must be a finite number.'],
    [{ body: { Ratio: 1.5 } }, 'Ratio must be from 0 to 1.'],
    [{ body: { At: '2024-01-01' } }, 'At must be a time in seconds since 1970, not text.'],
    [{ body: { At: 1e15 } }, 'At must be a time in the years 1 to 9999.'],
    [{ body: { Changes: [] } }, 'Changes must be an object, not a list.'],
    [{ body: { Changes: {} } }, 'Changes.Note is required.'],
    [{ body: { Changes: { Note: 5 } } }, 'Changes.Note must be text, not a number.'],
    [{ body: { Changes: { Note: '' } } }, 'Changes.Note must have 1 to 5 characters.'],
    [{ body: { Changes: { Note: 'a', Count: 1.5 } } }, 'Changes.Count must be a whole number of at most 32 bits.'],
    [{ body: { Changes: { Note: 'a', Count: 2 ** 31 } } }, 'Changes.Count must be a whole number of at most 32 bits.'],
    [{ body: { Rows: 'a' } }, 'Rows must be a list, not text.'],
    [{ body: { Rows: [{}, null] } }, 'Rows[1] must be an object, not null.'],
    [{ body: { Rows: [{}, { Name: 'c' }] } }, 'Rows[1].Name must be one of a, b.'],
    [{ body: { Rows: [{}, {}, {}] } }, 'Rows must have at most 2 entries; it has 3.'],
    [{ body: { Labels: { long_: 'x' } } }, 'A key of Labels must have 1 to 3 characters.'],
    [{ body: { Labels: { a: 'long' } } }, 'A value of Labels must have at most 3 characters.'],
    [{ body: { Labels: { a: 1 } } }, 'A value of Labels must be text, not a number.'],
    [{ body: { Labels: { 'a\0': 'x' } } }, 'A key of Labels must be valid Unicode text without NUL characters.'],
    [{ body: { Labels: { a: '\ud800' } } }, 'A value of Labels must be valid Unicode text without NUL characters.'],
    [{ raw: '{"Changes":{"Note":"\\udc00"}}' }, 'Changes.Note must be valid Unicode text without NUL characters.'],
  ])('%j', (sent, message) => {
    expect(refused(sent)).toBe(message);
  });

  test('in the words of the model, with the enumerations of the model', () => {
    const operation = connect('CreateUser');
    const body = {
      Username: 'a',
      PhoneConfig: { PhoneType: 'TIN_CAN' },
      SecurityProfileIds: [],
      RoutingProfileId: 'r',
    };
    expect(refusal(operation, { url: '/users/i', body })).toBe(
      'InvalidParameterException: PhoneConfig.PhoneType must be one of SOFT_PHONE, DESK_PHONE.',
    );
  });

  test('as InvalidRequestException where the operation has no InvalidParameterException', () => {
    expect(refusal(connect('ListInstances'), { url: '/instance?maxResults=x' })).toBe(
      'InvalidRequestException: MaxResults must be a whole number.',
    );
  });

  test('for a union with none or several of its members', () => {
    const operation = connect('CreatePredefinedAttribute');
    expect(refusal(operation, { url: '/predefined-attributes/i', body: { Name: 'a', Values: {} } })).toContain(
      'Values must have exactly one of StringList',
    );
  });

  test('for a tag that AWS keeps for itself', () => {
    const operation = connect('TagResource', tagMap('tags'));
    expect(refusal(operation, { url: '/tags/arn', body: { tags: { 'aws:x': 'y' } } })).toContain(
      'A key of tags must be a tag key',
    );
    expect(refusal(operation, { url: '/tags/arn', body: { tags: {} } })).toContain(
      'tags must have 1 to 50 entries; it has 0.',
    );
  });

  test('and never repeats what was sent', () => {
    const secret = fc.string({ minLength: 70, maxLength: 80, unit: fc.constantFrom(...'§¶†‡') });
    const key = fc.constantFrom('Password', 'Ratio', 'On', 'At', 'Rows', 'Changes', 'Labels');
    const holder = (value: string) =>
      fc.constantFrom<unknown>(value, [value], { [value]: value }, { Note: value }, [{ Name: value }], { a: value });
    fc.assert(
      fc.property(
        secret.chain((value) => fc.tuple(fc.constant(value), key, holder(value))),
        ([value, member, sent]) => {
          expect(refused({ body: { [member]: sent } })).not.toContain(value);
          expect(refused({ raw: `{"${member}":"${value}` })).not.toContain(value);
        },
      ),
    );
  });
});

describe('lengths', () => {
  const operation = connect('CreateUser', { Username: length(2, 4) });
  const accepts = (Username: string) => {
    const body = { Username, SecurityProfileIds: ['s'], RoutingProfileId: 'r' };
    try {
      return decode(operation, { url: '/users/i', body }).Username === Username;
    } catch {
      return false;
    }
  };

  test('count code points, so an emoji is one character', () => {
    expect(['😀', '😀😀', '😀😀😀😀', '😀😀😀😀😀', 'abcd', 'a😀', 'abcde', 'a'].map(accepts)).toEqual([
      false,
      true,
      true,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  test('agree with a plain count for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => !text.includes('\0')),
        (text) => {
          const points = [...text].length;
          expect(accepts(text)).toBe(points >= 2 && points <= 4);
        },
      ),
    );
  });
});

test('a search may nest its conditions, but not without end', () => {
  const nested = (levels: number): object =>
    levels === 0 ? { StringCondition: { FieldName: 'Username', Value: 'a' } } : { AndConditions: [nested(levels - 1)] };
  const search = connect('SearchUsers');
  const body = (levels: number) => ({ InstanceId: 'i', SearchCriteria: nested(levels) });
  expect(decode(search, { url: '/search-users', body: body(20) })).toEqual(body(20));
  expect(refusal(search, { url: '/search-users', body: body(1000) })).toContain('is nested too deeply');
  const bomb = `{"InstanceId":"i","SearchCriteria":${'{"AndConditions":['.repeat(500_000)}`;
  expect(refusal(search, { url: '/search-users', raw: bomb })).toContain('is nested too deeply');
  const closed = `${bomb}${']}'.repeat(500_000)}}`;
  expect(refusal(search, { url: '/search-users', raw: closed })).toContain(
    'The request body is nested too deeply: at most 64 levels are read.',
  );
  // Also in a member that nobody knows, and so would never be looked into.
  const unknown = `{"InstanceId":"i","Unknown":${'['.repeat(4_000_000)}${']'.repeat(4_000_000)}}`;
  expect(refusal(search, { url: '/search-users', raw: unknown })).toContain('is nested too deeply');
  // Brackets in a text are text.
  const text = '[{"'.repeat(1000);
  expect(decode(search, { url: '/search-users', body: { InstanceId: text } })).toEqual({ InstanceId: text });
});

test('100,001 ids are refused by their number before any is looked at', () => {
  const operation = connect('CreateUser', { SecurityProfileIds: items(1, 100_000) });
  const ids = Array.from({ length: 100_001 }, () => 5);
  expect(refusal(operation, { url: '/users/i', body: { Username: 'a', SecurityProfileIds: ids } })).toContain(
    'SecurityProfileIds must have 1 to 100,000 entries; it has 100,001.',
  );
});

test('any JSON is decoded or refused in the model’s terms', () => {
  const operation = connect('CreateUser', { Username: pattern(/^[a-z]+$/, 'in small letters') });
  const known = fc.constantFrom('Username', 'IdentityInfo', 'PhoneConfig', 'Tags', 'SecurityProfileIds', '__proto__');
  fc.assert(
    fc.property(fc.dictionary(known, fc.jsonValue({ maxDepth: 4 })), (body) => {
      try {
        decode(operation, { url: '/users/i', body });
      } catch (error) {
        expect(error).toBeInstanceOf(OperationError);
      }
    }),
    { numRuns: 500 },
  );
});
