import { kind } from './kind.ts';

export const instance = kind({
  words: ['instance', 'instances'],
  table: 'instance',
  // An alias may be missing.
  name: null,
  // The runner reads InstanceId before all else, to find the instance.
  members: [],
});
