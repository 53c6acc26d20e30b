import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subset } from 'semver';
import { expect, test } from 'vitest';

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', name), 'utf8'));
const { engines, allowScripts } = read('package.json');
const ours: string = engines.node;
const packages: Record<string, { version: string; engines?: { node?: string }; hasInstallScript?: true }> =
  read('package-lock.json').packages;

// One that does not makes `npm ci` warn of EBADENGINE, or worse, fails there: an older line of it goes into "overrides".
test('every package in the lock file runs on every Node.js that we say we run on', () => {
  const asked = Object.entries(packages).filter(([, { engines }]) => engines?.node !== undefined);
  expect(asked.length).toBeGreaterThan(50);
  const narrower = asked.filter(([, { engines }]) => !subset(ours, engines?.node ?? ''));
  expect(narrower.map(([path, { version, engines }]) => `${path} ${version}: ${engines?.node}`)).toEqual([]);
});

// npm warns of scripts that nobody has looked at, on whichever platform they would run.
test('every package that runs a script when it is installed is one that we let', () => {
  const running = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(Object.keys(allowScripts).sort()).toEqual(running.map(([path]) => path.replace('node_modules/', '')).sort());
});
