import { kind } from './kind.ts';

/** Of the account, not of an instance: the AccessKeyId of a request names nothing that a profile could limit. */
export const accessKey = kind({
  words: ['access key', 'access keys'],
  table: 'access_key',
  name: null,
  members: [],
});
