import type { Command } from 'commander';
import { exportLines } from '../access-key.ts';
import { type Config, readConfig } from '../config.ts';
import { serverAddress } from '../running-server.ts';
import { signedCall } from './signed-call.ts';

interface KeyAnswer {
  readonly AccessKeyId: string;
  readonly Description?: string;
  readonly Actions: readonly string[];
  readonly Status: string;
  readonly CreatedTime: number;
  readonly LastUsedTime?: number;
}

/** `cordboard access-key …`: a client of the operations of the same names, on a running server. */
export function addAccessKeyCommands(program: Command): void {
  const keys = program.command('access-key').description('make, list, limit, disable and delete access keys');
  const config = () => readConfig(process.env);
  const actionsOption = ['--actions <list>', 'comma-separated, such as connect:DeleteUser,connect:List*'] as const;

  keys
    .command('create')
    .description('make an access key; its secret is shown this once')
    .requiredOption(...actionsOption)
    .option('--description <text>', 'what it is for')
    .action((options: { actions: string; description?: string }) => create(config(), options));
  keys
    .command('list')
    .description('show the access keys with their last use')
    .action(() => list(config()));
  keys
    .command('update <id>')
    .description('change what an access key is allowed')
    .requiredOption(...actionsOption)
    .action((id: string, options: { actions: string }) => update(config(), id, { Actions: split(options.actions) }));
  keys
    .command('disable <id>')
    .description('refuse what it signs, until it is enabled again')
    .action((id: string) => update(config(), id, { Status: 'DISABLED' }));
  keys
    .command('enable <id>')
    .description('let a disabled access key sign again')
    .action((id: string) => update(config(), id, { Status: 'ENABLED' }));
  keys
    .command('delete <id>')
    .description('delete an access key for good')
    .action(async (id: string) => {
      await signedCall(config(), 'DELETE', pathOf(id));
      console.log(`Deleted ${id}.`);
    });
}

const split = (text: string) => text.split(',').map((part) => part.trim());
const pathOf = (id: string) => `/access-keys/${encodeURIComponent(id)}`;

async function create(config: Config, options: { actions: string; description?: string }): Promise<void> {
  const made = await signedCall<{ AccessKey: KeyAnswer; SecretAccessKey: string }>(config, 'PUT', '/access-keys', {
    Actions: split(options.actions),
    ...(options.description && { Description: options.description }),
  });
  const { url, region } = serverAddress(config);
  const key = { id: made.AccessKey.AccessKeyId, secret: made.SecretAccessKey };
  console.log(exportLines(key, region, url).join('\n'));
}

async function update(config: Config, id: string, change: object): Promise<void> {
  const { AccessKey } = await signedCall<{ AccessKey: KeyAnswer }>(config, 'POST', pathOf(id), change);
  console.log(lineOf(AccessKey));
}

async function list(config: Config): Promise<void> {
  let token: string | undefined;
  do {
    const query = token ? `?nextToken=${encodeURIComponent(token)}` : '';
    const page = await signedCall<{ AccessKeys: KeyAnswer[]; NextToken?: string }>(
      config,
      'GET',
      `/access-keys${query}`,
    );
    for (const key of page.AccessKeys) console.log(lineOf(key));
    token = page.NextToken;
  } while (token);
}

function lineOf(key: KeyAnswer): string {
  const time = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const used = key.LastUsedTime ? `last used ${time(key.LastUsedTime)} UTC` : 'never used';
  const description = key.Description ? `  (${key.Description})` : '';
  return `${key.AccessKeyId}  ${key.Status.padEnd(8)}  ${used}  ${key.Actions.join(',')}${description}`;
}
