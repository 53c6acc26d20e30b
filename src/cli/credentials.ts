import { exportLines, readAccessKey } from '../access-key.ts';
import { type Config, StartError } from '../config.ts';

/** `cordboard credentials`: lines for `eval "$(cordboard credentials)"`. @throws StartError before the first start */
export function credentials(config: Config): void {
  const key = readAccessKey(config);
  if (!key) {
    throw new StartError(
      `There is no access key in ${config.dataDir} yet: start Cordboard once, or set CORDBOARD_DATA_DIR to its folder.`,
    );
  }
  const url = config.publicUrl ?? `http://${config.host}:${config.port}`;
  console.log(exportLines(key, config.region, url).join('\n'));
}
