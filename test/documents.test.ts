import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const inFolder = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
const documents = [...readdirSync(root), ...inFolder('docs')].filter((name) => name.endsWith('.md'));

/** Lines of all documents that this finds, with the document and the number of the line. */
function linesWith(wrong: RegExp): string[] {
  return documents.flatMap((name) =>
    readFileSync(join(root, name), 'utf8')
      .split('\n')
      .flatMap((line, index) => (wrong.test(line) ? [`${name}:${index + 1}: ${line.trim()}`] : [])),
  );
}

test('the documents are found', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/operations.md']));
});

// Outside of a clone npx fetches whatever has the name on the registry, and the name is not ours there.
test('no document tells anybody to run cordboard through npx, or through npm exec without --no', () => {
  expect(linesWith(/\bnpx\s+(-\S+\s+)*cordboard\b/)).toEqual([]);
  expect(linesWith(/\bnpm (exec|x)\s+(?!--no -- )/)).toEqual([]);
});
