import type { Writable } from 'node:stream';
import type { Command } from 'commander';
import { type Config, readConfig, StartError } from '../config.ts';
import { instanceOf } from './import-history.ts';
import { signedCall } from './signed-call.ts';

interface Answer {
  readonly EventCount: number;
  readonly Differences: readonly { readonly What: string; readonly Kept?: string; readonly Recomputed?: string }[];
}

/** `cordboard check-history`: holds what reports are made of against the events, on a running server. */
export function addCheckCommand(program: Command): void {
  program
    .command('check-history')
    .description('work out anew from the agent events what an agent did on a day, and say where reports differ')
    .requiredOption('--agent <login>', 'whose')
    .requiredOption('--day <date>', 'of UTC, such as 2026-05-04')
    .option('--instance <alias or id>', 'the instance, where there are several')
    .addHelpText('after', '\nExit code 0: nothing differs; 1: something does, or it could not be done.')
    .action(async (options: CheckOptions) => {
      process.exitCode = await checkHistory(readConfig(process.env), options, process.stdout);
    });
}

export interface CheckOptions {
  readonly agent: string;
  readonly day: string;
  readonly instance?: string;
}

/** @returns the exit code @throws StartError */
export async function checkHistory(config: Config, options: CheckOptions, stdout: Writable): Promise<number> {
  const start = Date.parse(`${options.day}T00:00:00Z`) / 1000;
  // Of days that no month has the parser makes those behind its end.
  if (Number.isNaN(start) || new Date(start * 1000).toISOString().slice(0, 10) !== options.day) {
    throw new StartError(`${options.day} is no day, such as 2026-05-04.`);
  }
  const instanceId = await instanceOf(config, options.instance);
  const body = { Login: options.agent, StartTime: start, EndTime: start + 86_400 };
  const answer = await signedCall<Answer>(config, 'POST', `/agent-events/${instanceId}/checks`, body);
  for (const { What, Kept = 'nothing', Recomputed = 'nothing' } of answer.Differences) {
    stdout.write(`${What}: kept ${Kept}; the events say ${Recomputed}\n`);
  }
  const count = answer.Differences.length;
  const many = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  stdout.write(`${many(answer.EventCount, 'event')}, ${count === 0 ? 'no difference' : many(count, 'difference')}.\n`);
  return count === 0 ? 0 : 1;
}
