import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { accessDenied } from '../../operations/errors.ts';
import { andAll, orAny } from '../../operations/search.ts';
import { contactsWithin } from '../contacts/reach.ts';
import { listenings, type RecordedKind, redactedPattern } from './rules.ts';

/*
 * Which contacts have something to listen to or to read, for lists: as Connect's page shows it to those alone who may. What
 * counts is what is here, of which a row is in `recording`; what a record alone speaks of nobody can play.
 */

type Reader = Pick<InstanceContext<Db | Tx>, 'instance' | 'access' | 'caller'>;

/** Of a recording `r` of the contact `c`: that it is of these kinds, and that the caller may listen to it. */
function listenable(context: Reader, kinds: readonly RecordedKind[]): RawBuilder<SqlBool> | null {
  const held = listenings.filter(({ kind, permissions }) => kinds.includes(kind) && context.access.holds(permissions));
  if (held.length === 0) return null;
  return orAny(
    held.map(({ kind, isRedacted, permissions }) =>
      andAll([
        sql<SqlBool>`(r.content_type = 'application/json') = ${sql.lit(kind === 'TRANSCRIPT')}`,
        sql<SqlBool>`(r.name ~* ${redactedPattern}) = ${sql.lit(isRedacted)}`,
        contactsWithin(context, permissions),
      ]),
    ),
  );
}

/**
 * The contacts `c` that have a recording of one of the kinds to which the caller may listen.
 * @throws AccessDeniedException for somebody who may listen to none
 */
export function recordedCondition(context: Reader, kinds: readonly RecordedKind[]): RawBuilder<SqlBool> {
  const condition = listenable(context, kinds);
  if (!condition) {
    throw accessDenied(
      'Contacts are searched by their recordings with the permission to listen to them, or to read them, only.',
    );
  }
  return sql<SqlBool>`exists (
    select 1 from recording r
    where r.instance_id = c.instance_id and r.contact_id = c.contact_id and r.object_id is not null and ${condition})`;
}

/** Of the contacts of a page, the kinds of what the caller may listen to. */
export async function recordedKinds(
  context: InstanceContext<Db | Tx>,
  contactIds: readonly string[],
): Promise<(contactId: string) => RecordedKind[]> {
  const condition = contactIds.length > 0 ? listenable(context, ['RECORDING', 'TRANSCRIPT']) : null;
  if (!condition) return () => [];
  const { rows } = await sql<{ contactId: string; isTranscript: boolean }>`
    select distinct r.contact_id as "contactId", r.content_type = 'application/json' as "isTranscript"
    from recording r join contact c on c.instance_id = r.instance_id and c.contact_id = r.contact_id
    where r.instance_id = ${context.instance.id} and r.contact_id = any(${contactIds}::uuid[])
      and r.object_id is not null and ${condition}
    order by 1, 2`.execute(context.db);
  const kinds = new Map<string, RecordedKind[]>();
  for (const { contactId, isTranscript } of rows) {
    kinds.set(contactId, [...(kinds.get(contactId) ?? []), isTranscript ? 'TRANSCRIPT' : 'RECORDING']);
  }
  return (contactId) => kinds.get(contactId) ?? [];
}
