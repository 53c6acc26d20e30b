// Runs the tests, but for those of the website in Chromium, on each release line of Node.js: npm run test:nodes [-- FILE...]
// The npm package "node" brings the releases; NODES="22 24" chooses among them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const nodes = (process.env.NODES ?? '20.19 22 24 26').split(/\s+/).filter(Boolean);
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
const failed = [];
for (const version of nodes) {
  console.log(`\nNode.js ${version}`);
  const { status } = spawnSync(
    'npm',
    [
      'exec',
      '--yes',
      `--package=node@${version}`,
      '--',
      'node',
      vitest,
      'run',
      '--exclude',
      'test/browser/**',
      ...process.argv.slice(2),
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) failed.push(version);
}
console.log(failed.length > 0 ? `\nFailed on Node.js ${failed.join(', ')}` : `\nPassed on Node.js ${nodes.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
