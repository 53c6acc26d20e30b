import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, StartError } from '../config.ts';
import { recordingsIn } from '../features/contacts/record-details.ts';
import { RefusedCall, signedUpload } from './signed-call.ts';

interface Found {
  readonly contactId: string;
  readonly name: string;
  readonly file: string;
}

/** The files of a folder that records speak of, put after the records. */
export function recordingsFrom(folder: string) {
  const files = filesBelow(folder);
  const found: Found[] = [];
  const matched = new Set<string>();
  return {
    /** Remembers what a record says of files that are here. What is no record its import says. */
    look(text: string): void {
      if (files.size === 0) return;
      let contactId: unknown;
      try {
        contactId = JSON.parse(text)?.ContactId;
      } catch {
        return;
      }
      if (typeof contactId !== 'string') return;
      for (const { name, status } of recordingsIn(text)) {
        const file = files.get(name);
        if (!file || status === 'DELETED') continue;
        if (!matched.has(name)) found.push({ contactId, name, file });
        matched.add(name);
      }
    },
    /** @returns what became of them, in words, and whether all were taken */
    async put(
      config: Config,
      instanceId: string,
      options: {
        readonly dryRun: boolean;
        readonly patiently: <T>(call: () => Promise<T>) => Promise<T>;
        readonly refuse: (file: string, reason: string) => void;
        readonly progress: (done: number, all: number) => void;
      },
    ): Promise<{ readonly words: string; readonly refused: number }> {
      const counts = { NEW: 0, SAME: 0 };
      let refused = 0;
      for (const [index, { contactId, name, file }] of (options.dryRun ? [] : found).entries()) {
        options.progress(index, found.length);
        const path = `/contact-recordings/${instanceId}/${encodeURIComponent(contactId)}/${encodeURIComponent(name)}`;
        try {
          const hash = await hashOf(file);
          const { Outcome } = await options.patiently(() =>
            signedUpload<{ Outcome: 'NEW' | 'SAME' }>(config, path, () => createReadStream(file), hash),
          );
          counts[Outcome] += 1;
        } catch (error) {
          if (!(error instanceof RefusedCall) || [429, 503].includes(error.status)) throw error;
          refused += 1;
          options.refuse(file, error.message);
        }
      }
      const number = (count: number) => count.toLocaleString('en');
      const unknown = files.size - matched.size;
      const taken = options.dryRun
        ? `${number(found.length)} to be put`
        : `${number(counts.NEW)} new, ${number(counts.SAME)} the same; ${number(refused)} refused`;
      return { words: `Recordings: ${taken}; ${number(unknown)} files of no record that was read.\n`, refused };
    },
  };
}

/** By name; links are passed over. @throws StartError */
function filesBelow(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.startsWith('.')) continue;
      const other = files.get(entry.name);
      const path = join(entry.parentPath, entry.name);
      if (other) throw new StartError(`${other} and ${path} have one name: keep the one that is meant.`);
      files.set(entry.name, path);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`${folder} cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
  return files;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
