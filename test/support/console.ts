import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { createRefusalCounter, type RefusalCounter } from '../../src/audit/refusals.ts';
import { readConfig } from '../../src/config.ts';
import { registerConnectApi } from '../../src/connect-api/server.ts';
import { connectApiServerOptions } from '../../src/connect-api/server-options.ts';
import { authenticateSession, type ConsoleOptions, registerConsole } from '../../src/console/server.ts';
import { prepareInstance } from '../../src/first-start.ts';
import { countDenials } from '../../src/http.ts';
import { trustedProxies } from '../../src/remote-address.ts';
import { assembleForTest } from './assembled.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** Of the first administrator. */
export const credentials = { Username: 'admin', Password: 'Right-Password-1' };
export const clockStart = new Date('2026-11-23T12:00:00Z');

export interface TestConsole {
  readonly database: TestDatabase;
  readonly app: FastifyInstance;
  /** What went wrong inside. */
  readonly failures: readonly unknown[];
  /** What was logged. */
  readonly lines: unknown[];
  readonly refusals: RefusalCounter;
  readonly log: ConsoleOptions['log'];
  now(): Date;
  setNow(time: Date): void;
  signIn(
    payload?: object,
    from?: { readonly address?: string; readonly headers?: Record<string, string> },
  ): Promise<SignInAnswer>;
  close(): Promise<void>;
}

export type SignInAnswer = Awaited<ReturnType<typeof sendSignIn>>;

/** A website of two files. */
export function makeWebRoot(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'cordboard-web-'));
  mkdirSync(join(path, 'assets'));
  writeFileSync(join(path, 'index.html'), '<title>the page</title>');
  writeFileSync(join(path, 'logo.svg'), '<svg/>');
  writeFileSync(join(path, 'assets', 'index-1a2b.js'), 'export {};');
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** The console and the API behind its sessions, in this process, with a first administrator and a clock to be set. */
export async function openConsole(options: Partial<ConsoleOptions> = {}): Promise<TestConsole> {
  const database = await createTestDatabase();
  const { db } = database;
  const { secure = true, idleMinutes = 60 } = options;
  let time = clockStart;
  const now = () => time;
  await prepareInstance(db, readConfig({ CORDBOARD_ADMIN_PASSWORD: credentials.Password }), now());
  const web = makeWebRoot();
  const failures: unknown[] = [];
  const lines: unknown[] = [];
  const note = (details: unknown, message?: string) => void lines.push({ details, message });
  const log = { info: note, warn: note, error: (entry: unknown) => void failures.push(entry) };
  const refusals = createRefusalCounter({ db, now: () => time.getTime(), log });
  const core = assembleForTest({ db, now, log });
  const app: FastifyInstance = Fastify({ ...connectApiServerOptions() });
  await registerConsole(app, {
    db,
    now,
    defaultAlias: 'cordboard',
    digest: core.digest,
    failuresPerAddress: 100,
    trustedProxies: trustedProxies([]),
    refusals,
    log,
    secure,
    idleMinutes,
    webRoot: web.path,
    ...options,
  });
  await registerConnectApi(app, {
    ...core,
    now,
    log,
    onDenied: countDenials(refusals, trustedProxies([])),
    authenticateSession: (request) => authenticateSession(request, { db, now, secure, idleMinutes }),
  });
  return {
    database,
    app,
    failures,
    lines,
    refusals,
    log,
    now,
    setNow: (next) => {
      time = next;
    },
    signIn: (payload = credentials, from = {}) => sendSignIn(app, payload, from),
    close: async () => {
      await app.close();
      await database.close();
      web.remove();
    },
  };
}

async function sendSignIn(
  app: FastifyInstance,
  payload: object,
  from: { readonly address?: string; readonly headers?: Record<string, string> },
) {
  const answer = await app.inject({
    method: 'POST',
    url: '/console/api/session',
    payload,
    headers: from.headers ?? {},
    remoteAddress: from.address ?? '127.0.0.1',
  });
  const cookie = answer.cookies.find(({ name }) => name.endsWith('cordboard_session'));
  return { answer, cookie, headers: { cookie: `${cookie?.name}=${cookie?.value}` } };
}
