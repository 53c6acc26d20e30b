import type { Writable } from 'node:stream';
import type { Command } from 'commander';
import { type Config, readConfig, StartError } from '../config.ts';
import { instanceOf } from './import-history.ts';
import { signedCall } from './signed-call.ts';

interface Answer {
  readonly EventCount?: number;
  readonly ContactCount?: number;
  readonly Truncated?: boolean;
  readonly Differences: readonly { readonly What: string; readonly Kept?: string; readonly Recomputed?: string }[];
}

/** `cordboard check-history`: holds what reports are made of against the events or the contact records, on a running server. */
export function addCheckCommand(program: Command): void {
  program
    .command('check-history')
    .description(
      'work out anew from agent events what an agent did on a day, or from contact records the metrics of a queue, and say where reports differ',
    )
    .option('--agent <login>', 'whose')
    .option('--queue <name or id>', 'of which')
    .requiredOption('--day <date>', 'of UTC, such as 2026-05-04')
    .option('--instance <alias or id>', 'the instance, where there are several')
    .addHelpText('after', '\nExit code 0: nothing differs; 1: something does, or it could not be done.')
    .action(async (options: CheckOptions) => {
      process.exitCode = await checkHistory(readConfig(process.env), options, process.stdout);
    });
}

export interface CheckOptions {
  /** One of both. */
  readonly agent?: string;
  readonly queue?: string;
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
  const { agent, queue } = options;
  if ((agent === undefined) === (queue === undefined)) {
    throw new StartError('Give either --agent with a login or --queue with a name or an id.');
  }
  const instanceId = await instanceOf(config, options.instance);
  const [path, who, sources] =
    agent !== undefined
      ? ['agent-events', { Login: agent }, 'events']
      : ['contact-records', { Queue: queue }, 'records'];
  const body = { ...who, StartTime: start, EndTime: start + 86_400 };
  const answer = await signedCall<Answer>(config, 'POST', `/${path}/${instanceId}/checks`, body);
  for (const { What, Kept = 'nothing', Recomputed = 'nothing' } of answer.Differences) {
    stdout.write(`${What}: kept ${Kept}; the ${sources} say ${Recomputed}\n`);
  }
  const count = answer.Differences.length;
  const many = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const { EventCount: events, ContactCount: contacts = 0 } = answer;
  const checked = events === undefined ? many(contacts, 'contact') : many(events, 'event');
  const found = count === 0 ? 'no difference' : `${answer.Truncated ? 'more than ' : ''}${many(count, 'difference')}`;
  stdout.write(`${checked}, ${found}.\n`);
  return count === 0 ? 0 : 1;
}
