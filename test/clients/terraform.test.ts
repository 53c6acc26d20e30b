import { type ExecFileException, execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DeleteContactFlowCommand,
  DeleteContactFlowModuleCommand,
  DeleteQueueCommand,
  DeleteQuickConnectCommand,
  DeleteUserCommand,
  DeleteUserHierarchyGroupCommand,
  ListInstancesCommand,
} from '@aws-sdk/client-connect';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';

/** A folder with `registry.terraform.io/hashicorp/aws` in it: nothing is fetched from the internet by a test. */
const mirrorVariable = 'CORDBOARD_TEST_TERRAFORM_MIRROR';
const mirror = findMirror();
const missing = whatIsMissing();

/** Each command starts the provider anew, which takes seconds. */
const commandTimeout = 9.5 * 60_000;
const testTimeout = 10 * 60_000;

describe.skipIf(missing)(`Terraform${missing ? ` (skipped: ${missing})` : ''}`, { timeout: testTimeout }, () => {
  let server: LiveServer;
  let folder: string;

  beforeAll(async () => {
    server = await startLiveServer();
    folder = mkdtempSync(join(tmpdir(), 'cordboard-terraform-'));
    cpSync(fileURLToPath(new URL('terraform', import.meta.url)), folder, { recursive: true });
    writeFileSync(
      join(folder, 'terraform.rc'),
      `provider_installation {
         filesystem_mirror {
           path    = ${JSON.stringify(mirror)}
           include = ["registry.terraform.io/hashicorp/aws"]
         }
       }
       disable_checkpoint = true`,
    );
    await terraform(1, 'init', '-input=false');
  }, testTimeout);
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a command on the description in one of its two stages. @throws Error with Terraform's own diagnostics */
  async function terraform(stage: 1 | 2, ...args: string[]): Promise<Outcome> {
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_ACCESS_KEY_ID: server.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
      TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'),
      TF_IN_AUTOMATION: '1',
      TF_VAR_endpoint: server.url,
      TF_VAR_stage: String(stage),
    };
    const options = { cwd: folder, env, timeout: commandTimeout, maxBuffer: 256 * 1024 * 1024 };
    const { error, output } = await new Promise<{ error: ExecFileException | null; output: string }>((resolve) => {
      execFile('terraform', args, options, (failure, stdout, stderr) =>
        resolve({ error: failure, output: stdout + stderr }),
      );
    });
    const outcome = read(output);
    // 2: the plan is not empty.
    if (error && error.code !== 2) throw new Error(`terraform ${args.join(' ')}:\n${outcome.errors || output}`);
    return outcome;
  }
  const apply = (stage: 1 | 2) => terraform(stage, 'apply', '-auto-approve', '-input=false', '-json');
  const plan = (stage: 1 | 2) => terraform(stage, 'plan', '-input=false', '-json', '-detailed-exitcode');

  interface State {
    readonly outputs: { readonly ids: { readonly value: Readonly<Record<string, string>> } };
    readonly resources: readonly {
      readonly mode: 'managed' | 'data';
      readonly type: string;
      readonly name: string;
      readonly instances: readonly { readonly index_key?: string; readonly attributes: { readonly id: string } }[];
    }[];
  }
  const state = () => JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8')) as State;
  const managed = () =>
    state()
      .resources.filter(({ mode }) => mode === 'managed')
      .flatMap(({ type, name, instances }) =>
        instances.map(({ index_key: key, attributes }) => ({
          address: `${type}.${name}${key === undefined ? '' : `["${key}"]`}`,
          id: attributes.id,
        })),
      );

  test('creates a centre with 50 users, and plans nothing afterwards', async () => {
    const { summary } = await apply(1);
    expect(summary).toMatchObject({ change: 0, remove: 0 });
    expect(managed()).toHaveLength(summary.add);
    expect((await plan(1)).changes).toEqual([]);
  });

  test('changes everything without making anything anew, and plans nothing afterwards', async () => {
    const { changes, summary } = await apply(2);
    expect(changes.filter(({ action }) => action !== 'update')).toEqual([]);
    expect(changes.length).toBeGreaterThan(55);
    expect(summary).toMatchObject({ add: 0, remove: 0 });
    expect((await plan(2)).changes).toEqual([]);
  });

  test('imports all of it, and finds nothing to change', async () => {
    const known = managed();
    renameSync(join(folder, 'terraform.tfstate'), join(folder, 'forgotten.tfstate'));
    const imports = known.map(({ address, id }) => `import {\n  to = ${address}\n  id = "${id}"\n}\n`);
    writeFileSync(join(folder, 'imports.tf'), imports.join('\n'));
    const { summary } = await apply(2);
    rmSync(join(folder, 'imports.tf'));
    expect(summary).toMatchObject({ add: 0, change: 0, remove: 0, import: known.length });
    expect(managed()).toEqual(known);
  });

  test('notices what was deleted elsewhere, and makes exactly that anew', async () => {
    const { ids } = state().outputs;
    const { instance: InstanceId, ...id } = ids.value;
    const { client } = server;
    await client.send(new DeleteQuickConnectCommand({ InstanceId, QuickConnectId: id.quick_connect }));
    await client.send(new DeleteContactFlowCommand({ InstanceId, ContactFlowId: id.flow }));
    await client.send(new DeleteContactFlowModuleCommand({ InstanceId, ContactFlowModuleId: id.module }));
    await client.send(new DeleteQueueCommand({ InstanceId, QueueId: id.queue }));
    await client.send(new DeleteUserCommand({ InstanceId, UserId: id.agent }));
    await client.send(new DeleteUserHierarchyGroupCommand({ InstanceId, HierarchyGroupId: id.empty_group }));
    const { changes, summary } = await apply(2);
    const resources = changes.filter(({ address }) => !address.startsWith('output.'));
    expect(resources.map(({ action, address }) => `${action} ${address}`).sort()).toEqual([
      'create aws_connect_contact_flow.to_queue',
      'create aws_connect_contact_flow_module.greeting',
      'create aws_connect_queue.support',
      'create aws_connect_quick_connect.sales',
      'create aws_connect_user.agent["agent-17"]',
      'create aws_connect_user_hierarchy_group.empty',
    ]);
    expect(summary).toMatchObject({ add: 6, change: 0, remove: 0 });
  });

  test('destroys all of it, with nothing left and nothing gone wrong inside', async () => {
    const count = managed().length;
    const { summary } = await terraform(2, 'destroy', '-auto-approve', '-input=false', '-json');
    expect(summary).toMatchObject({ add: 0, change: 0, remove: count });
    const { InstanceSummaryList } = await server.client.send(new ListInstancesCommand({}));
    expect(InstanceSummaryList?.map(({ InstanceAlias }) => InstanceAlias)).toEqual(['cordboard']);
    expect(server.failures).toEqual([]);
  });
});

interface Outcome {
  /** Planned for resources; what data sources read is no change. */
  readonly changes: readonly { readonly action: string; readonly address: string }[];
  /** Done by an apply. */
  readonly summary: Readonly<Record<'add' | 'change' | 'remove' | 'import', number>>;
  readonly errors: string;
}

/** Terraform's machine-readable lines. */
function read(output: string): Outcome {
  interface Line {
    readonly type: string;
    readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
    readonly changes?: Outcome['summary'];
    readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string };
    readonly outputs?: Readonly<Record<string, { readonly action?: string }>>;
  }
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  const resources = lines.flatMap(({ type, change }) => (type === 'planned_change' && change ? [change] : []));
  const outputs = lines.flatMap(({ type, outputs: of }) => (type === 'outputs' && of ? Object.entries(of) : []));
  return {
    changes: [
      ...resources
        .filter(({ action }) => action !== 'read' && action !== 'noop')
        .map(({ action, resource }) => ({ action, address: resource.addr })),
      ...outputs.flatMap(([name, { action = 'noop' }]) =>
        action === 'noop' ? [] : [{ action, address: `output.${name}` }],
      ),
    ],
    summary: lines.findLast(({ type }) => type === 'change_summary')?.changes ?? {
      add: -1,
      change: -1,
      remove: -1,
      import: -1,
    },
    errors: lines
      .flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic] : []))
      .map(({ summary, detail }) => `${summary} ${detail}`)
      .join('\n'),
  };
}

/** The variable's folder, those that the user's own Terraform is told to use, and Terraform's usual ones. */
function findMirror(): string | null {
  const configuration = process.env.TF_CLI_CONFIG_FILE ?? join(homedir(), '.terraformrc');
  const text = existsSync(configuration) ? readFileSync(configuration, 'utf8') : '';
  const configured = [...text.matchAll(/^\s*path\s*=\s*"([^"]+)"/gm)].map(([, path = '']) => path);
  const given = process.env[mirrorVariable];
  const usual = [
    join(homedir(), '.terraform.d/plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ];
  const folders = given ? [given] : [...configured, ...usual];
  return folders.find((folder) => existsSync(join(folder, 'registry.terraform.io/hashicorp/aws'))) ?? null;
}

function whatIsMissing(): string {
  if (spawnSync('terraform', ['version']).status !== 0) return 'terraform is not installed';
  if (!mirror) return `no folder holds its AWS provider; name one in ${mirrorVariable}`;
  return '';
}
