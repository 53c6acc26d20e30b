import { exportLines, readAccessKey } from '../access-key.ts';
import { type Config, StartError } from '../config.ts';
import { findRunningServer, serverAddress } from '../running-server.ts';

/** `cordboard credentials`: lines for `eval "$(cordboard credentials)"`. @throws StartError before the first start */
export function credentials(config: Config): void {
  const key = readAccessKey(config);
  if (!key) {
    throw new StartError(
      `There is no access key in ${config.dataDir} yet: start Cordboard once, or set CORDBOARD_DATA_DIR to its folder.`,
    );
  }
  const running = findRunningServer(config.dataDir);
  if (running && running.accessKeyId !== key.id) {
    throw new StartError(
      `The server that runs in ${config.dataDir} has the access key ${running.accessKeyId} from its settings: set CORDBOARD_ACCESS_KEY_ID and CORDBOARD_SECRET_ACCESS_KEY here as well.`,
    );
  }
  const { url, region } = serverAddress(config);
  // Beside the lines, which a shell takes: the address of the settings is right as soon as the server runs.
  if (!running && !config.publicUrl)
    console.error(`No server runs in ${config.dataDir} now; this is for one at ${url}.`);
  console.log(exportLines(key, region, url).join('\n'));
}
