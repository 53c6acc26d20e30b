import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { World } from './world.ts';
import type { WrongValue } from './wrong-values.ts';

/** Where the ids of each type of resource stand, by the type in its ARN. */
const tables = {
  instance: 'instance',
  agent: 'users',
  'agent-group': 'hierarchy_group',
  'agent-state': 'agent_status',
  'security-profile': 'security_profile',
  'routing-profile': 'routing_profile',
  queue: 'queue',
  'transfer-destination': 'quick_connect',
  'contact-flow': 'contact_flow',
  'flow-module': 'contact_flow_module',
  'operating-hours': 'hours_of_operation',
  override: 'hours_of_operation_override',
  'user-batch': 'user_batch',
  'saved-report': 'saved_report',
} as const;

/** The type of everything that is there, by its id. Only what is among them counts as an id in a request. */
export type KnownIds = ReadonlyMap<string, string>;

export async function knownIds({ db }: World): Promise<KnownIds> {
  const queries = Object.entries(tables).map(
    ([type, table]) => sql`select id::text as id, ${type}::text as type from ${sql.table(table)}`,
  );
  const { rows } = await sql<{ id: string; type: string }>`${sql.join(queries, sql` union all `)}`.execute(db);
  return new Map(rows.map(({ id, type }) => [id, type]));
}

/**
 * What may not stand in the place of an id or ARN: what is neither, the id of nothing, and ARNs that say that the same
 * thing is of another type, instance, Region or account. Empty for a text that is no id.
 */
export function wrongIdsFor(value: string, known: KnownIds, { instance, otherInstance }: World): WrongValue[] {
  // A flow's id may have what state is meant behind it.
  const [, suffix = ''] = /(:\$SAVED)$/.exec(value) ?? [];
  const given = value.slice(0, value.length - suffix.length);
  const [id] = /[0-9a-f-]{36}$/.exec(given) ?? [];
  const type = id && known.get(id);
  if (!id || !type) return [];
  const arn = (region: string, account: string, of: string, tail: string) =>
    `arn:aws:connect:${region}:${account}:instance/${of}${tail}`;
  const { region, accountId } = instance;
  const isInstance = type === 'instance';
  const within = isInstance ? id : instance.id;
  const here = (kind: string, one: string) => arn(region, accountId, instance.id, `/${kind}/${one}`);
  const elsewhere = (where: string, place: readonly [region: string, account: string, of: string]): WrongValue[] =>
    isInstance && where === 'instance'
      ? []
      : [[`its ARN in another ${where}`, arn(...place, isInstance ? '' : `/${type}/${id}`) + suffix]];
  const nothing = randomUUID();
  return [
    ...[
      'not-an-id',
      id.slice(1),
      `${id}0`,
      ` ${id}`,
      `${id}:7`,
      `{${id}}`,
      `${here(type, id)}/x`,
      'arn:aws:connect:x',
    ].map((text): WrongValue => [`"${text}"`, text]),
    ...(id === given ? [['an unknown id', nothing + suffix] as const] : []),
    ['an unknown ARN', (isInstance ? arn(region, accountId, nothing, '') : here(type, nothing)) + suffix],
    ['the ARN of another type', here('prompt', id) + suffix],
    ...elsewhere('instance', [region, accountId, otherInstance.id]),
    ...elsewhere('Region', ['eu-west-2', accountId, within]),
    ...elsewhere('account', [region, '210987654321', within]),
    [
      'its ARN in another partition',
      arn(region, accountId, within, isInstance ? '' : `/${type}/${id}`).replace('aws', 'aws-cn') + suffix,
    ],
  ];
}
