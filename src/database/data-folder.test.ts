import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import { lockDataFolder } from './data-folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder and those above it are made, its own for this user only', () => {
  const path = openDataFolder(join(folder, 'a', 'b'));
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('a link that leads nowhere, and a path below a file, are called that', () => {
  symlinkSync('/nowhere/at/all', join(folder, 'link'));
  writeFileSync(join(folder, 'file'), '');
  for (const path of ['link', 'file', 'file/below']) {
    expect(() => openDataFolder(join(folder, path))).toThrow(/not a folder, lies below a file, or is a link/);
  }
});

test.runIf(process.platform === 'linux')('a file system that takes no folders is called that', () => {
  expect(() => openDataFolder('/proc/cordboard')).toThrow(/\/proc\/cordboard cannot be made: its file system takes no/);
  expect(() => openDataFolder('/proc/cordboard/below')).toThrow(/takes no new folders/);
});

const mounted = () => join(folder, 'mounted');
/** A read-only file system needs root, or a user namespace; null where neither is to be had. */
function openReadOnly(): string | null {
  const program = `
    import { openDataFolder } from ${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))};
    for (const path of ['new', 'new/below']) {
      try { openDataFolder(${JSON.stringify(mounted())} + '/' + path); } catch (error) { console.log(error.message); }
    }`;
  writeFileSync(join(folder, 'program.mts'), program);
  const script = 'mkdir "$1" && mount -t tmpfs -o ro tmpfs "$1" && "$2" --import tsx "$3"';
  const args = ['--mount', '--map-root-user', 'sh', '-c', script, 'sh', mounted(), process.execPath];
  const { status, stdout } = spawnSync('unshare', [...args, join(folder, 'program.mts')], { encoding: 'utf8' });
  return status === 0 ? stdout : null;
}

test('a new folder on a read-only file system is refused as such', ({ skip }) => {
  const said = openReadOnly();
  if (said === null) return skip('This system lets nobody mount a file system in a namespace.');
  const lines = said.trim().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^Cannot write to the data folder .*: the file system is read-only\./);
});

test('a copy of a folder that is in use is called a copy, and the original is in use', () => {
  const original = openDataFolder(join(folder, 'original'));
  const unlock = lockDataFolder(original);
  const copy = join(folder, 'copy');
  cpSync(original, copy, { recursive: true });
  expect(() => lockDataFolder(copy)).toThrow(
    `The data folder ${copy} is a copy of ${original}, made while the Cordboard there (process ${process.pid}) was running`,
  );
  expect(() => lockDataFolder(original)).toThrow(`in use by another Cordboard (process ${process.pid})`);
  unlock();
  const second = join(folder, 'second');
  cpSync(original, second, { recursive: true });
  lockDataFolder(second)();
});
