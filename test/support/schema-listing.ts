import type pg from 'pg';

/** The tables, columns, constraints and indexes of a database as a Markdown page. */
export async function describeSchema(pool: pg.Pool): Promise<string> {
  const [columns, constraints, indexes] = await Promise.all([
    pool.query<{ table: string; name: string; type: string; nullable: boolean; fallback: string | null }>(columnsQuery),
    pool.query<{ table: string; name: string; definition: string }>(constraintsQuery),
    pool.query<{ table: string; name: string; definition: string }>(indexesQuery),
  ]);
  const tables = [...new Set(columns.rows.map((column) => column.table))];
  const pages = tables.map((table) => {
    const of = <T extends { table: string }>(rows: readonly T[]) => rows.filter((row) => row.table === table);
    return [
      `## ${table}`,
      '',
      '| Column | Type | Null | Default |',
      '|---|---|---|---|',
      ...of(columns.rows).map(
        ({ name, type, nullable, fallback }) =>
          `| ${name} | ${type} | ${nullable ? 'yes' : ''} | ${fallback === null ? '' : `\`${fallback}\``} |`,
      ),
      '',
      ...of(constraints.rows).map(({ name, definition }) => `- \`${name}\`: ${code(definition)}`),
      ...of(indexes.rows).map(({ name, definition }) => `- index \`${name}\`: ${code(definition)}`),
      '',
    ].join('\n');
  });
  return [
    '# The schema',
    '',
    'What the migrations in `src/database/migrations` add up to. Written by `npx vitest run src/database/schema -u`;',
    'a test fails when it and the migrated database differ.',
    '',
    ...pages,
  ].join('\n');
}

/** As inline code, so that Markdown leaves it alone. */
function code(definition: string): string {
  return `\`${definition.replaceAll('`', "'")}\``;
}

const columnsQuery = `
  select table_name as "table", column_name as name, is_nullable = 'YES' as nullable, column_default as fallback,
    case data_type when 'ARRAY' then substr(udt_name, 2) || '[]' else data_type end as type
  from information_schema.columns join information_schema.tables using (table_schema, table_name)
  where table_schema = 'public' and table_type = 'BASE TABLE'
  order by table_name, ordinal_position`;

// Not-null constraints are left out: they stand with the columns, and PostgreSQL names them only since version 18.
const constraintsQuery = `
  select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
  from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c')
  order by 1, position(contype::text in 'pufc'), conname`;

const indexesQuery = `
  select i.indrelid::regclass::text as "table", c.relname as name,
    regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX \\S+ ON (ONLY )?\\S+ ', '\\1') as definition
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = 'public'::regnamespace
    and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u'))
  order by 1, 2`;
