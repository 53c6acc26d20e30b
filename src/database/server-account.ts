import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config.ts';

/**
 * As whom PostgreSQL runs, since it refuses to run as root.
 * - `self`: an ordinary user runs it directly.
 * - `namespace`: root, shown to PostgreSQL as an ordinary user by a user namespace; files stay root's.
 * - `user`: root steps down to another user, who must be able to reach the data folder.
 */
export type ServerAccount = { readonly kind: 'self' | 'namespace' } | OtherUser;

interface OtherUser {
  readonly kind: 'user';
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** What the choice depends on; the tests choose for systems that they do not run on. */
export interface AccountFacts {
  readonly uid: number;
  readonly owner: (path: string) => { uid: number; gid: number } | null;
  readonly namespacesWork: () => boolean;
  readonly passwd: () => string;
}

const namespacePrefix = ['unshare', '-U', '--map-user=65534', '--map-group=65534', '--'];

/**
 * Chooses in this order: the user who owns the database or the folder already, a user namespace, `postgres`, `nobody`.
 * @throws StartError when root has none of them.
 */
export function chooseAccount(dataDir: string, facts: AccountFacts = systemFacts): ServerAccount {
  if (facts.uid !== 0) return { kind: 'self' };

  const owner = facts.owner(join(dataDir, 'pgdata')) ?? facts.owner(dataDir);
  if (owner && owner.uid !== 0) return { kind: 'user', name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  if (facts.namespacesWork()) return { kind: 'namespace' };

  const user = findUser(facts.passwd(), 'postgres') ?? findUser(facts.passwd(), 'nobody');
  const databaseOwner = facts.owner(join(dataDir, 'pgdata'));
  if (user && !databaseOwner) return user;
  if (user) {
    throw new StartError(
      `PostgreSQL does not run as root and this system has no user namespaces: give ${join(dataDir, 'pgdata')} to another user (chown -R ${user.name}), or set DATABASE_URL.`,
    );
  }
  throw new StartError(
    'PostgreSQL does not run as root, and this system has neither user namespaces nor a user postgres or nobody: start Cordboard as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether every folder on the way to `folder` lets that account through; only trying tells. */
export function canReach(account: ServerAccount, folder: string): boolean {
  const { program, args, options } = runAs(account, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder]);
  return spawnSync(program, args, { ...options, stdio: 'ignore' }).status === 0;
}

/** The command, and the options for child_process, that run `command` as that account. */
export function runAs(account: ServerAccount, command: string, args: readonly string[]) {
  const [program = command, ...rest] =
    account.kind === 'namespace' ? [...namespacePrefix, command, ...args] : [command, ...args];
  return {
    program,
    args: rest,
    options: {
      // The folder that Cordboard was started in may be closed to the account.
      cwd: '/',
      // Nothing of the caller's environment (PGDATA, PGOPTIONS, LANG ...) may change what the server does.
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
      ...(account.kind === 'user' ? { uid: account.uid, gid: account.gid } : {}),
    },
  };
}

const systemFacts: AccountFacts = {
  uid: process.getuid?.() ?? -1,
  owner: (path) => statSync(path, { throwIfNoEntry: false }) ?? null,
  namespacesWork: () => {
    const [program = '', ...args] = [...namespacePrefix, 'true'];
    return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  },
  passwd: () => readFileSync('/etc/passwd', 'utf8'),
};

function findUser(passwd: string, name: string): OtherUser | null {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return uid > 0 && gid >= 0 ? { kind: 'user', name, uid, gid } : null;
}
