import { expect, test } from 'vitest';
import * as shape from '../operations/shapes.ts';
import { compileShapes } from './compile-shapes.ts';
import { encodeResponse } from './encode-response.ts';
import { model } from './model.generated.ts';

const describeUser = compileShapes('DescribeUserResponse', model);
const encode = (output: unknown, strict = true) => JSON.parse(encodeResponse(describeUser, output, strict).body);

test('times are epoch seconds with up to three decimals', () => {
  const times = [1_700_000_000_000, 1_700_000_000_120, 1_700_000_000_123, 0, -1].map((ms) => {
    return encodeResponse(describeUser, { User: { LastModifiedTime: new Date(ms) } }, true).body;
  });
  expect(times).toEqual(
    ['1700000000', '1700000000.12', '1700000000.123', '0', '-0.001'].map((n) => `{"User":{"LastModifiedTime":${n}}}`),
  );
});

test('what is undefined or null is left out, what is empty or false is not', () => {
  const user = {
    Id: undefined,
    Arn: null,
    Username: '',
    SecurityProfileIds: [],
    Tags: {},
    PhoneConfig: { AutoAccept: false },
  };
  expect(encode({ User: user })).toEqual({
    User: { Username: '', SecurityProfileIds: [], Tags: {}, PhoneConfig: { AutoAccept: false } },
  });
});

test('a member that the shape does not have is never sent, and is an error in tests', () => {
  const user = { Id: 'a', PasswordHash: 'secret' };
  expect(encode({ User: user }, false)).toEqual({ User: { Id: 'a' } });
  expect(() => encode({ User: user })).toThrow('DescribeUserResponse.User has no member PasswordHash');
});

test('an operation without an output answers an empty object', () => {
  expect(encodeResponse(null, undefined, true).body).toBe('{}');
  expect(encodeResponse(null, {}, true).body).toBe('{}');
  expect(() => encodeResponse(null, { Id: 'a' }, true)).toThrow('answers nothing');
});

test.each([
  [{ User: { Id: 5 } }, 'User.Id must be text'],
  [{ User: { LastModifiedTime: '2024' } }, 'User.LastModifiedTime must be a Date'],
  [{ User: { LastModifiedTime: new Date(Number.NaN) } }, 'User.LastModifiedTime must be a Date'],
  [{ User: { SecurityProfileIds: [null] } }, 'User.SecurityProfileIds[0] must be text'],
  [{ User: { Tags: { a: 1 } } }, 'User.Tags.a must be text'],
  [{ User: { PhoneConfig: { AfterContactWorkTimeLimit: 10n } } }, 'AfterContactWorkTimeLimit must be a whole number'],
  [{ User: [] }, 'User must be an object'],
])('a value of the wrong type is the handler’s mistake: %o', (output, message) => {
  expect(() => encode(output)).toThrow(message);
});

test('members of a header travel there', () => {
  const output = compileShapes('CreateTestCaseResponse', model);
  const answer = encodeResponse(output, { TestCaseId: 'a', TestCaseArn: 'b' }, true);
  expect(answer).toEqual({ body: '{"TestCaseId":"a","TestCaseArn":"b"}', headers: {} });
});

test('an extension may nest structures in lists and maps', () => {
  const nested = shape.nested(shape.structure({ When: shape.timestamp() }));
  const output = compileShapes(shape.structure({ Rows: shape.list(nested), ByName: shape.map(nested) }), model);
  const when = { When: new Date(1500) };
  expect(encodeResponse(output, { Rows: [when], ByName: { ['__proto__']: when } }, true).body).toBe(
    '{"Rows":[{"When":1.5}],"ByName":{"__proto__":{"When":1.5}}}',
  );
});
