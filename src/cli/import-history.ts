import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { type Config, readConfig, StartError } from '../config.ts';
import { type Position, readRecords } from '../features/contacts/record-stream.ts';
import { recordingsFrom } from './import-recordings.ts';
import { RefusedCall, signedCall } from './signed-call.ts';

/** `cordboard import …`: a client of the operations that import history, on a running server. */
export function addImportCommands(program: Command): void {
  const command = program.command('import').description('take over history that Amazon Connect has delivered');
  for (const kind of [contactRecords, agentEvents]) {
    const importing = command
      .command(kind.plural.replace(' ', '-'))
      .description(
        `${kind.plural}, as its streams deliver them: JSON, also in lists, wrapped by Kinesis or Firehose, gzip`,
      )
      .argument('<files...>', 'files, folders with files, or - for standard input')
      .option('--instance <alias or id>', 'the instance, where there are several')
      .option('--any-instance', `also ${kind.each} of other instances and accounts`)
      .option('--dry-run', 'only say what would come of it')
      .addHelpText(
        'after',
        `\nExit code 0: all of it was taken; 2: some ${kind.each} were refused; 1: it could not be done to its end, and can be run again.`,
      )
      .action(async (paths: string[], options: ImportOptions) => {
        const { stdin, stdout, stderr } = process;
        process.exitCode = await importHistory(readConfig(process.env), kind, paths, options, {
          stdin,
          stdout,
          stderr,
          showProgress: stderr.isTTY === true,
        });
      });
    if (kind.haveRecordings) {
      importing.option(
        '--recordings <folder>',
        'also put the recordings that lie there, by their names in the records',
      );
    }
  }
}

/** What is imported, by which operation. */
export interface Kind {
  readonly plural: string;
  /** Of them, in short. */
  readonly each: string;
  /** Of the operation. */
  readonly mostRecords: number;
  /** What the operation counts besides those refused, in words, by the members of its answer. */
  readonly counted: Readonly<Record<string, string>>;
  readonly haveRecordings: boolean;
  pathOf(instanceId: string): string;
}

export const contactRecords: Kind = {
  plural: 'contact records',
  each: 'records',
  mostRecords: 5000,
  counted: { NewCount: 'new', NewerCount: 'newer', OlderCount: 'older', SameCount: 'the same' },
  haveRecordings: true,
  pathOf: (instanceId) => `/contact-records/${instanceId}/imports`,
};

export const agentEvents: Kind = {
  plural: 'agent events',
  each: 'events',
  mostRecords: 5000,
  counted: { NewCount: 'new', SameCount: 'the same', HeartbeatCount: 'heartbeats, which are not kept' },
  haveRecordings: false,
  pathOf: (instanceId) => `/agent-events/${instanceId}/imports`,
};

export interface ImportOptions {
  readonly instance?: string;
  readonly anyInstance?: boolean;
  readonly dryRun?: boolean;
  readonly recordings?: string;
}

export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly showProgress: boolean;
}

interface Answer {
  readonly [count: string]: unknown;
  readonly Refused: readonly { readonly Index: number; readonly Field: string; readonly Reason: string }[];
}

interface Place extends Position {
  readonly file: string;
}

/** Half of what a request may hold. */
const mostBytes = 8 * 1024 * 1024;
/** More than these are counted and not listed. */
const mostListed = 100;
/** Somebody else has what a call needs, or the database restarts: tried again, for half a minute in sum. */
const waits = [250, 500, 1000, 2000, 4000, 8000, 15_000];

/** While the database writes what one call brought, the server reads what the next one does. */
const mostUnderWay = 2;

/**
 * Reads everything, a call behind the other; a run that was cut off is mended by the next, to which what is there already
 * is the same. @returns the exit code
 * @throws StartError
 */
export async function importHistory(
  config: Config,
  kind: Kind,
  paths: readonly string[],
  options: ImportOptions,
  { stdin, stdout, stderr, showProgress }: Terminal,
): Promise<number> {
  const files = paths.flatMap(filesAt);
  const recordings = options.recordings === undefined ? null : recordingsFrom(options.recordings);
  const instanceId = await instanceOf(config, options.instance);
  const path = kind.pathOf(instanceId);
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const counts = new Map(Object.keys(kind.counted).map((member) => [member, 0]));
  let refused = 0;
  let doneBytes = 0;
  let texts: string[] = [];
  let places: Place[] = [];
  let bytes = 0;

  const erase = () => void (showProgress && stderr.write('\r\x1b[K'));
  const refuse = ({ file, line, record }: Place, field: string, reason: string) => {
    refused += 1;
    if (refused > mostListed) return;
    erase();
    stderr.write(`${printable(`${file}: record ${record} (line ${line}): ${field ? `${field} ` : ''}${reason}`)}\n`);
  };
  const showCounts = () => {
    if (!showProgress) return;
    const taken = [...counts.values()].reduce((sum, count) => sum + count, refused);
    const share = totalBytes > 0 ? `, ${Math.min(100, Math.floor((doneBytes / totalBytes) * 100))} %` : '';
    erase();
    stderr.write(`${taken.toLocaleString('en')} ${kind.plural}${share} …`);
  };
  /** In the order of the records, in which their answers are told. */
  const underWay: { readonly answer: Promise<Answer>; readonly sent: readonly Place[] }[] = [];
  const settle = async () => {
    const [oldest] = underWay;
    if (!oldest) return;
    const answer = await oldest.answer.finally(() => underWay.shift());
    for (const [member, count] of counts) counts.set(member, count + Number(answer[member] ?? 0));
    for (const { Index, Field, Reason } of answer.Refused) {
      const place = oldest.sent[Index];
      if (place) refuse(place, Field, Reason);
    }
    showCounts();
  };
  const send = async () => {
    if (texts.length === 0) return;
    if (underWay.length === mostUnderWay) await settle();
    const { anyInstance, dryRun } = options;
    const body = { Records: texts, ...(anyInstance && { AnyInstance: true }), ...(dryRun && { DryRun: true }) };
    const answer = patiently(() => signedCall<Answer>(config, 'POST', path, body));
    // Whoever settles it is told of a failure; until then it is nobody's.
    answer.catch(() => {});
    underWay.push({ answer, sent: places });
    [texts, places, bytes] = [[], [], 0];
  };

  const summary = () => {
    erase();
    if (refused > mostListed) {
      stderr.write(`… and ${(refused - mostListed).toLocaleString('en')} more that were refused.\n`);
    }
    const number = (count: number) => count.toLocaleString('en');
    const taken = [...counts].map(([member, count]) => `${number(count)} ${kind.counted[member]}`).join(', ');
    const what = kind.plural.replace(/^./, (first) => first.toUpperCase());
    const tried = options.dryRun ? ' Nothing was written: this was a dry run.' : '';
    stdout.write(`${what}: ${taken}; ${number(refused)} refused.${tried}\n`);
  };

  try {
    for (const { file } of files) {
      const counted = async function* () {
        for await (const chunk of file === standardInput ? stdin : createReadStream(file)) {
          doneBytes += chunk.length;
          yield chunk as Uint8Array;
        }
      };
      for await (const { position, text, problem } of readRecords(counted())) {
        const place = { file, ...position };
        if (problem !== undefined) {
          refuse(place, '', problem);
          continue;
        }
        // As it will travel: quotes are escaped.
        const size = Buffer.byteLength(JSON.stringify(text));
        if (texts.length === kind.mostRecords || bytes + size > mostBytes) await send();
        texts.push(text);
        recordings?.look(text);
        places.push(place);
        bytes += size;
      }
    }
    await send();
    while (underWay.length > 0) await settle();
  } catch (error) {
    // What was on its way is written or not: the counts are to say so.
    while (underWay.length > 0) await settle().catch(() => {});
    summary();
    if (isFileError(error)) throw new StartError(`A file could not be read to its end: ${error.message}.`);
    throw error;
  }
  summary();
  if (!recordings) return refused > 0 ? 2 : 0;
  const put = await recordings.put(config, instanceId, {
    dryRun: options.dryRun === true,
    patiently,
    refuse: (file, reason) => {
      erase();
      stderr.write(`${printable(`${file}: ${reason}`)}\n`);
    },
    progress: (done, all) => {
      if (!showProgress) return;
      erase();
      stderr.write(`${done.toLocaleString('en')} of ${all.toLocaleString('en')} recordings …`);
    },
  });
  erase();
  stdout.write(put.words);
  return refused + put.refused > 0 ? 2 : 0;
}

const standardInput = '-';

/** The files of a folder in the order of their names, without hidden ones. @throws StartError for what is not there */
function filesAt(path: string): { readonly file: string; readonly bytes: number }[] {
  if (path === standardInput) return [{ file: path, bytes: 0 }];
  try {
    const stats = statSync(path);
    if (!stats.isDirectory()) return [{ file: path, bytes: stats.size }];
    return readdirSync(path)
      .filter((name) => !name.startsWith('.'))
      .sort()
      .flatMap((name) => filesAt(join(path, name)));
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new StartError(`${path} cannot be read: ${error.message}.`);
  }
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

/** What stands in a file may be anything, and is not to move the cursor. */
const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�').slice(0, 500);

async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      const wait = waits[tries];
      if (wait === undefined || !(error instanceof RefusedCall) || ![429, 503].includes(error.status)) throw error;
      await delay(wait);
    }
  }
}

interface Summary {
  readonly Id: string;
  readonly InstanceAlias?: string;
}

/** @throws StartError when it is not plain which one is meant */
export async function instanceOf(config: Config, wanted: string | undefined): Promise<string> {
  const all: Summary[] = [];
  let token: string | undefined;
  do {
    const query = token ? `?nextToken=${encodeURIComponent(token)}` : '';
    const page = await signedCall<{ InstanceSummaryList: Summary[]; NextToken?: string }>(
      config,
      'GET',
      `/instance${query}`,
    );
    all.push(...page.InstanceSummaryList);
    token = page.NextToken;
  } while (token);
  const found = wanted
    ? all.filter(
        ({ Id, InstanceAlias }) => Id === wanted.toLowerCase() || InstanceAlias?.toLowerCase() === wanted.toLowerCase(),
      )
    : all;
  const [instance] = found;
  if (instance && found.length === 1) return instance.Id;
  const names = all.map(({ Id, InstanceAlias }) => InstanceAlias ?? Id).join(', ');
  throw new StartError(
    wanted
      ? `There is no instance with the alias or id ${wanted}; there are ${names}.`
      : `There are several instances, ${names}: say with --instance which one is meant.`,
  );
}
