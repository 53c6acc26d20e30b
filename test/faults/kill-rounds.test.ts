import { testKillRounds } from '../reliability/kill-rounds.ts';

testKillRounds(Number(process.env.CORDBOARD_KILL_ROUNDS ?? 100));
