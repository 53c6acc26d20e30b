/**
 * Writes web/src/api/calls.generated.ts: how each operation travels, for the website. Reads the declarations themselves:
 * `generate-calls.mjs src .ts` the sources, with tsx, or `generate-calls.mjs dist .js` what the build has just compiled.
 * The same declarations give the same bytes, and the file is left alone when nothing changed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [folder = 'src', extension = '.ts'] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(root, folder, `${file}${extension}`)).href);
const [{ allOperations }, { compileOperation }, { model }] = await Promise.all(
  ['operations', 'connect-api/compile-operation', 'connect-api/model.generated'].map(load),
);

const calls = {};
for (const operation of [...allOperations].sort((a, b) => (a.name < b.name ? -1 : 1))) {
  const { http, query, headers, body } = compileOperation(operation, model);
  const other = [...headers, ...body.filter(({ name, wireName }) => name !== wireName)];
  if (other.length > 0) throw new Error(`generate-calls: the website cannot send ${operation.name}.${other[0].name}`);
  if (http.method === 'GET' && body.length > 0) {
    throw new Error(
      `generate-calls: ${operation.name}.${body[0].name} is in the body of a GET: make it a query member.`,
    );
  }
  calls[operation.name] = {
    method: http.method,
    uri: http.uri,
    ...(query.length > 0 && { query: Object.fromEntries(query.map(({ name, wireName }) => [name, wireName])) }),
    ...(body.some(({ name }) => name === 'InstanceId') && { instanceInBody: true }),
  };
}

const lines = Object.entries(calls).map(([name, call]) => `  ${name}: ${JSON.stringify(call)},`);
const text = `// Made by scripts/generate-calls.mjs from the declared operations; not for editing.
import type { Call, OperationName } from './operations.ts';

/** An operation that is missing here is new: run \`npm run generate\`. */
export const calls: { readonly [Name in OperationName]: Call } = {
${lines.join('\n')}
};
`;
const target = join(root, 'web/src/api/calls.generated.ts');
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
console.log(`web/src/api/calls.generated.ts: ${lines.length} operations, ${Math.round(text.length / 1024)} KiB`);
