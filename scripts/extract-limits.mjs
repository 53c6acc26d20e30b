/**
 * Writes test/conformance/connect-limits.json: every length, range, pattern and number of entries that AWS's own model of
 * the Connect API states for what a request holds. The SDK for JavaScript carries none of them; botocore does:
 *
 *   node scripts/extract-limits.mjs "$(python3 -c 'import botocore; print(botocore.__path__[0])')"
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const [, , folder] = process.argv;
if (!folder) throw new Error('Name the folder of the Python package botocore.');
const version = /__version__ = '(.*)'/.exec(readFileSync(join(folder, '__init__.py'), 'utf8'))?.[1];
const packed = readFileSync(join(folder, 'data/connect/2017-08-08/service-2.json.gz'));
const { operations, shapes } = JSON.parse(gunzipSync(packed).toString('utf8'));

const structures = {};

/** What is said of the shape itself, and, below `[]`, `{key}` and `{value}`, of what it holds. */
function limitsOf(name, place, limits) {
  const { type, min, max, pattern, member, key, value } = shapes[name];
  if (min !== undefined || max !== undefined || pattern !== undefined) limits[place] = { min, max, pattern };
  if (type === 'list') limitsOf(member.shape, `${place}[]`, limits);
  if (type === 'map') {
    limitsOf(key.shape, `${place}{key}`, limits);
    limitsOf(value.shape, `${place}{value}`, limits);
  }
  if (type === 'structure') readStructure(name);
}

function readStructure(name) {
  if (structures[name]) return;
  const limits = {};
  structures[name] = limits;
  for (const [member, { shape }] of Object.entries(shapes[name].members)) limitsOf(shape, member, limits);
}

for (const { input } of Object.values(operations)) if (input) readStructure(input.shape);
const lines = Object.entries(structures)
  .filter(([, limits]) => Object.keys(limits).length > 0)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, limits]) => `${JSON.stringify(name)}: ${JSON.stringify(limits)}`);
const path = join(dirname(fileURLToPath(import.meta.url)), '../test/conformance/connect-limits.json');
writeFileSync(path, `{"botocore": "${version}", "structures": {\n${lines.join(',\n')}\n}}\n`);
