import { readFileSync } from 'node:fs';

/** From package.json, which lies above the compiled and the uncompiled sources alike. */
export const version: string = readVersion();

function readVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (parsed as { version: string }).version;
}
