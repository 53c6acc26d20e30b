import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Says whether "process 812" is still the process that it was: a pid alone is used again by the
 * system, a pid with its start time is not. The boot id keeps them apart across a reboot.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

const hasProc = existsSync('/proc/self/stat');

/** Null when no such process lives. A zombie is dead: it holds no file and no memory, only its number. */
export function identify(pid: number): ProcessIdentity | null {
  const startTime = hasProc ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startTime === null ? null : { pid, startTime };
}

export function isAlive(process: ProcessIdentity): boolean {
  return identify(process.pid)?.startTime === process.startTime;
}

/** The words of its command line, joined by spaces; empty when there is no such process. */
export function commandLine(pid: number): string {
  if (!hasProc) return ps(pid, 'command=') ?? '';
  return (readProc(`/proc/${pid}/cmdline`) ?? '').replace(/\0$/, '').replaceAll('\0', ' ');
}

/** Living processes that work in `folder`. Empty where the system does not tell (no /proc, or not allowed to look). */
export function processesIn(folder: string): ProcessIdentity[] {
  if (!hasProc) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingFolder(name) === folder)
    .map((name) => identify(Number(name)))
    .filter((process) => process !== null);
}

/** Sends a signal to exactly this process. A process that is gone already is not an error. */
export function signal(process: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isAlive(process)) return;
  try {
    globalThis.process.kill(process.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function startTimeFromProc(pid: number): string | null {
  const stat = readProc(`/proc/${pid}/stat`);
  if (!stat) return null;
  // The second field is the name in brackets and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];
  if (startTime === undefined || state === 'Z' || state === 'X') return null;
  return `${readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}/${startTime}`;
}

function startTimeFromPs(pid: number): string | null {
  const answer = ps(pid, 'state=,lstart=');
  return !answer || answer.startsWith('Z') ? null : answer.replace(/^\S+\s+/, '');
}

function ps(pid: number, columns: string): string | null {
  try {
    const args = ['-o', columns, '-p', String(pid)];
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null;
  }
}

function workingFolder(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
