// Builds dist/: the model, the server and command (tsc), the migrations, the website (Vite), licences and bill of materials.
// With --if-changed it does nothing when no source is newer than the last build.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeThirdParty } from './third-party.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.built');
const sources = ['src', 'web', 'scripts', 'package-lock.json', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return path.endsWith('.generated.ts') ? 0 : stats.mtimeMs;
  // A folder's own time tells of a file that was deleted; the generator writes into one folder, hence only its files count.
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (process.argv.includes('--if-changed') && existsSync(stamp)) {
  const built = statSync(stamp).mtimeMs;
  if (sources.every((source) => newest(join(root, source)) <= built)) process.exit(0);
}

const run = (title, script, ...args) => {
  console.log(title);
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
};
const bin = (name) => join(root, 'node_modules', ...name.split('/'));

try {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run('Deriving the API model …', join(root, 'scripts', 'generate-model.mjs'));
  run('Compiling the server …', bin('typescript/bin/tsc'), '-p', 'tsconfig.build.json');
  run('Deriving the calls of the website …', join(root, 'scripts', 'generate-calls.mjs'), 'dist', '.js');
  cpSync(join(root, 'src/database/migrations'), join(root, 'dist/database/migrations'), { recursive: true });
  chmodSync(join(root, 'dist/main.js'), 0o755);
  run('Building the website …', bin('vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn');
  writeThirdParty(root);
  writeFileSync(stamp, '');
} catch (error) {
  console.error(error instanceof Error && 'status' in error ? 'The build failed.' : error);
  process.exit(1);
}
