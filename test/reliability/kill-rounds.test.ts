import { testKillRounds } from './kill-rounds.ts';

// `npm run test:faults` has a hundred of them.
testKillRounds(3);
