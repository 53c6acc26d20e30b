import { expect, test } from 'vitest';
import { readConfig, StartError } from './config.ts';

test('without variables every setting has its documented default', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    databaseUrl: null,
    accountId: '123456789012',
    region: 'us-east-1',
    accessKey: null,
    adminUsername: 'admin',
    instanceAlias: 'cordboard',
  });
});

test.each([
  [{ CORDBOARD_PORT: '70000' }, 'CORDBOARD_PORT'],
  [{ CORDBOARD_PORT: '80a' }, 'CORDBOARD_PORT'],
  [{ CORDBOARD_ACCOUNT_ID: '12' }, 'CORDBOARD_ACCOUNT_ID'],
  [{ CORDBOARD_REGION: 'Mars' }, 'CORDBOARD_REGION'],
  [{ CORDBOARD_INSTANCE_ALIAS: '-x' }, 'CORDBOARD_INSTANCE_ALIAS'],
  [{ CORDBOARD_ACCESS_KEY_ID: 'ABCDEF' }, 'CORDBOARD_SECRET_ACCESS_KEY'],
  [{ CORDBOARD_ACCESS_KEY_ID: 'a b', CORDBOARD_SECRET_ACCESS_KEY: 'x' }, 'CORDBOARD_ACCESS_KEY_ID'],
  [{ CORDBOARD_ADMIN_PASSWORD: 'abc' }, 'CORDBOARD_ADMIN_PASSWORD'],
  [{ CORDBOARD_LOG_LEVEL: 'loud' }, 'CORDBOARD_LOG_LEVEL'],
  [{ CORDBOARD_BATCH_RANGE_SIZE: '0' }, 'CORDBOARD_BATCH_RANGE_SIZE'],
  [{ CORDBOARD_ALLOWED_HOSTS: 'cordboard, https://contact.example' }, 'CORDBOARD_ALLOWED_HOSTS'],
  [{ CORDBOARD_TRUSTED_PROXIES: '10.0.0.1, proxy.example' }, 'CORDBOARD_TRUSTED_PROXIES'],
  [{ CORDBOARD_REFUSAL_DAYS: '0' }, 'CORDBOARD_REFUSAL_DAYS'],
  [{ CORDBOARD_FAILED_SIGN_INS_PER_ADDRESS: '0' }, 'CORDBOARD_FAILED_SIGN_INS_PER_ADDRESS'],
  [{ CORDBOARD_ADMIN_USERNAME: 'a'.repeat(101) }, 'CORDBOARD_ADMIN_USERNAME'],
  [{ CORDBOARD_INSTANCE_ALIAS: 'a'.repeat(46) }, 'CORDBOARD_INSTANCE_ALIAS'],
])('a setting that cannot be used is named: %j', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(StartError);
  expect(() => readConfig(environment)).toThrow(name);
});

test('an empty variable counts as unset', () => {
  expect(readConfig({ CORDBOARD_PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 8080, databaseUrl: null });
});
