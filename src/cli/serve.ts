import { type RunningCordboard, startCordboard } from '../app.ts';
import { type Config, readConfig } from '../config.ts';

/** What ends it: the system, Ctrl-C, a terminal that is closed. */
const endings = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * `cordboard serve`: runs until it is told to end. The signals are heard from the first moment, and each further one
 * too: their default would end this process alone and leave PostgreSQL running.
 * @throws StartError
 */
export async function serve(config: Config, options: { readonly sample: boolean }): Promise<void> {
  const ending = new AbortController();
  let running: RunningCordboard | null = null;
  const end = (hurry: boolean) => {
    void running?.stop({ hurry }).then(() => {
      process.exitCode = 0;
      // Nothing is left to wait for; should something keep the process, it does not.
      setTimeout(() => process.exit(), 1000).unref();
    });
  };
  for (const signal of endings) {
    process.on(signal, () => {
      const again = ending.signal.aborted;
      console.log(again ? 'Stopping at once …' : 'Stopping: finishing what is under way …');
      ending.abort();
      end(again);
    });
  }
  try {
    running = await startCordboard(config, { ...options, signal: ending.signal });
  } catch (error) {
    if (ending.signal.aborted) return;
    throw error;
  }
  if (ending.signal.aborted) end(true);
  else console.log(welcome(running, config));
}

function welcome({ url, firstStart, sample }: RunningCordboard, config: Config): string {
  const lines = [`Cordboard is ready: ${url}/console/`, ''];
  if (firstStart) {
    const password = firstStart.adminPassword ?? '(the one in CORDBOARD_ADMIN_PASSWORD)';
    lines.push(`Sign in as ${firstStart.adminUsername} with the password ${password}`);
    if (firstStart.adminPassword) lines.push('Write it down: it is shown this once.');
  } else {
    lines.push(`Sign in as ${config.adminUsername} with the password that the first start has shown.`);
  }
  if (sample) lines.push(`The ${sample.users} sample users all have the password ${sample.password}`);
  lines.push('');
  // Not the secret key itself: what is printed here is often kept, by service managers and CI jobs.
  lines.push('For the AWS CLI, SDKs and Terraform, in any terminal in this folder:', '');
  lines.push(`eval "$(${folderFor(config)}npm exec --no -- cordboard credentials)"`);
  return `${lines.join('\n')}\n`;
}

/** The one setting that another terminal needs, if it is not the default. */
function folderFor({ dataDir }: Config): string {
  if (dataDir === readConfig({}).dataDir) return '';
  return `CORDBOARD_DATA_DIR='${dataDir.replaceAll("'", "'\\''")}' `;
}
