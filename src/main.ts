#!/usr/bin/env node
import { Command } from 'commander';
import { addAccessKeyCommands } from './cli/access-key.ts';
import { addCheckCommand } from './cli/check-history.ts';
import { credentials } from './cli/credentials.ts';
import { addImportCommands } from './cli/import-history.ts';
import { serve } from './cli/serve.ts';
import { readConfig, StartError, settings } from './config.ts';
import { version } from './version.ts';

const program = new Command('cordboard')
  .description('A self-hosted contact-centre instance, administered exactly like Amazon Connect.')
  .version(version)
  .showHelpAfterError()
  .addHelpText('after', settingsHelp);

program
  .command('serve')
  .description('start the website and the API on one port')
  .option('--sample', 'fill the first instance with a sample contact centre, once')
  .addHelpText('after', settingsHelp)
  .action((options: { sample?: true }) => serve(readConfig(process.env), { sample: options.sample ?? false }));

program
  .command('credentials')
  .description('print the lines that point the AWS CLI, SDKs and Terraform here')
  .addHelpText('after', settingsHelp)
  .action(() => credentials(readConfig(process.env)));

addAccessKeyCommands(program);
addImportCommands(program);
addCheckCommand(program);

/** Every setting with its default, for --help. */
function settingsHelp(): string {
  const rows = Object.entries(settings).map(([name, { default: value, meaning }]) => {
    return `  ${name.padEnd(28)} ${meaning}${value ? ` (default: ${value})` : ''}`;
  });
  return `\nSettings (environment variables):\n${rows.join('\n')}`;
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`cordboard: ${error.message}`);
  process.exitCode = 1;
}
