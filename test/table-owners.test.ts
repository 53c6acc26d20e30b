import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/*
 * Whoever writes to a table knows its rules, so each table has one folder that does. Reading joins over the fences: an
 * answer that shows names of other things is a read model, and is free to.
 */

const root = join(import.meta.dirname, '../src');

/** Those that write to a table of others, with the reason. */
const overTheFence: Readonly<Record<string, string>> = {
  'hours_of_operation_parent features/instances': 'removes a whole instance, in an order that no cascade keeps',
};

const tables = [...readFileSync(join(root, 'database/tables.ts'), 'utf8').matchAll(/^ {2}(\w+): \w+Table;$/gm)].map(
  ([, table]) => table,
);

const ownersOf = (files: readonly (readonly [path: string, text: string])[]) => {
  const owners = new Map<string, Set<string>>();
  for (const [path, text] of files) {
    const [top = '', feature = ''] = path.split('/');
    const folder = top === 'features' ? `${top}/${feature}` : top;
    for (const [, inSql, inKysely] of text.matchAll(
      /\b(?:insert into|update|delete from) (\w+)|\b(?:insertInto|updateTable|deleteFrom)\('(\w+)'\)/g,
    )) {
      const table = inSql ?? inKysely ?? '';
      if (tables.includes(table)) owners.set(table, (owners.get(table) ?? new Set()).add(folder));
    }
  }
  return owners;
};

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/\.(?:test|generated)\.ts$/.test(path))
  .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);

test('each table is written to by one folder', () => {
  const shared = [...ownersOf(sources)].flatMap(([table, folders]) => {
    const owners = [...folders].filter((folder) => !Object.hasOwn(overTheFence, `${table} ${folder}`));
    return owners.length === 1 ? [] : [`${table}: ${owners.join(', ')}`];
  });
  expect(shared).toEqual([]);
});

test('every table has somebody who writes to it, so that the rule above sees them all', () => {
  const owners = ownersOf(sources);
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.filter((table) => table && !owners.has(table))).toEqual([]);
});

test('an entry of the exceptions that nobody needs any more is found', () => {
  const pairs = [...ownersOf(sources)].flatMap(([table, folders]) =>
    [...folders].map((folder) => `${table} ${folder}`),
  );
  expect(Object.keys(overTheFence).filter((pair) => !pairs.includes(pair))).toEqual([]);
});

/* How a table names its columns is known to whoever holds its SQL: stores answer domain objects. */
test('rows stay in the stores: no other code has a member with the name of a column', () => {
  const column = /\bSelectable\b|^ *(?:readonly )?[a-z]+_[a-z_]+\??:|\brow\.[a-z]+_[a-z_]+/m;
  const rows = sources
    .filter(([path]) => path.startsWith('features/') && !path.endsWith('store.ts'))
    .flatMap(([path, text]) => {
      const [found] = column.exec(text) ?? [];
      return found ? [`${path}: ${found.trim()}`] : [];
    });
  expect(rows).toEqual([]);
});
