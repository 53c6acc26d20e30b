import { exportLines } from '../access-key.ts';
import { type RunningCordboard, startCordboard } from '../app.ts';
import type { Config } from '../config.ts';

/** `cordboard serve`: runs until SIGTERM or SIGINT. @throws StartError */
export async function serve(config: Config, options: { readonly sample: boolean }): Promise<void> {
  const running = await startCordboard(config, options);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      console.log('Stopping: finishing what is under way …');
      void running.stop().then(() => {
        process.exitCode = 0;
      });
    });
  }
  console.log(welcome(running, config));
}

function welcome({ url, accessKey, firstStart, sample }: RunningCordboard, config: Config): string {
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
  lines.push('For the AWS CLI, SDKs and Terraform:', '');
  lines.push(...exportLines(accessKey, config.region, url));
  return `${lines.join('\n')}\n`;
}
