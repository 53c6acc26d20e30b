import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly adminPassword: string;
  readonly process: ChildProcess;
  /** Everything that it has printed, for a failed test to show. */
  readonly output: () => string;
  /** Ends it with the signal and resolves with its exit code when it is gone. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends it and removes its data folder. */
  remove(): Promise<void>;
}

export const adminPassword = 'Test-Password-1';

/**
 * Starts the built server as its users do, on a free port. Resolves when it says that it is ready.
 * `dataDir` of an earlier one starts it again on the same data.
 */
export async function startServer(
  options: {
    readonly sample?: boolean;
    readonly dataDir?: string;
    readonly environment?: Readonly<Record<string, string>>;
    /** Is given the process as soon as it is there, long before it is ready. */
    readonly onSpawn?: (child: ChildProcess) => void;
  } = {},
): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'cordboard-test-'));
  const accessKeyId = 'TESTACCESSKEY';
  const secretAccessKey = 'test-secret-access-key';
  const child = spawn(
    process.execPath,
    [join(root, 'dist/main.js'), 'serve', ...(options.sample ? ['--sample'] : [])],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        CORDBOARD_PORT: '0',
        CORDBOARD_DATA_DIR: dataDir,
        CORDBOARD_ACCESS_KEY_ID: accessKeyId,
        CORDBOARD_SECRET_ACCESS_KEY: secretAccessKey,
        CORDBOARD_ADMIN_PASSWORD: adminPassword,
        // Where a test is not about it, it only takes time.
        CORDBOARD_SAMPLE_DAYS: '0',
        ...options.environment,
      },
    },
  );
  options.onSpawn?.(child);
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const ready = /^Cordboard is ready: (\S+)\/console\/$/.exec(line);
      if (ready?.[1]) resolve(ready[1]);
    });
    void exited.then((code) => reject(new Error(`The server ended with ${code}:\n${lines.join('\n')}`)));
  });
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return exited;
  };
  return {
    url,
    dataDir,
    accessKeyId,
    secretAccessKey,
    adminPassword,
    process: child,
    output: () => lines.join('\n'),
    end,
    remove: async () => {
      await end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
