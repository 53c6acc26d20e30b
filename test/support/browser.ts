import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium: the one that CORDBOARD_TEST_CHROMIUM names, else the system's, else the one that comes with the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const system = [process.env.CORDBOARD_TEST_CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
  if (system) return chromium.launch({ executablePath: system, args: flags });
  // Makes the package unpack the NSS libraries that a bare machine lacks.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  // Not the package's own flags: with --single-process all contexts share one set of cookies.
  return chromium.launch({ executablePath, args: flags });
}
