import { namesEverybody, unnamed } from '../../access/shown-names.ts';
import type { Db } from '../../database/db.ts';
import { identityOf } from '../../operations/caller.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import type { UserBatch, UserBatchRecord } from './types.ts';

type Reader = Pick<InstanceContext<Db>, 'db' | 'instance' | 'access' | 'caller'>;

/** Whether the batch is that of whoever reads it: then it holds no name that they were not told, or gave themselves. */
const isOwn = ({ caller }: Pick<Reader, 'caller'>, batch: UserBatch) => batch.requestedBy.id === identityOf(caller).id;

/** Whether the names in a batch, and of whoever requested it, may be told to the reader. */
export function tellsNames(reader: Pick<Reader, 'access' | 'caller'>, batch: UserBatch): boolean {
  return namesEverybody(reader.access) || isOwn(reader, batch);
}

/** Records of a batch without what the reader may not be told. */
export async function shownRecords(
  reader: Reader,
  batch: UserBatch,
  records: readonly UserBatchRecord[],
): Promise<readonly UserBatchRecord[]> {
  const { db, instance, access } = reader;
  if (namesEverybody(access)) return records;
  if (!isOwn(reader, batch)) {
    // The reason may name the user, and who deleted them or asked for it.
    return records.map((record) => ({ ...withoutNames(record), given: null, finding: null, reason: null }));
  }
  const ids = records.flatMap(({ userId }) => userId ?? []);
  const hidden = await unnamed(db, instance, access, 'agent', ids);
  return records.map((record) => {
    if (record.userId === null || !hidden.has(record.userId)) return record;
    // What was asked for stays: a login or an e-mail address is not turned into an id, an id is not turned into a login.
    if (record.given !== null) return { ...withoutNames(record), userId: null };
    const namedByLogin = record.username !== null && record.firstName === null && record.lastName === null;
    return namedByLogin ? { ...record, userId: null } : withoutNames(record);
  });
}

const withoutNames = (record: UserBatchRecord) => ({ ...record, username: null, firstName: null, lastName: null });
