import type { Tx } from '../../database/db.ts';
import { type PackedContact, readContactRecord } from './contact-record.ts';
import { type RefusedText, readTexts } from './history-import.ts';
import { namesBeside } from './names.ts';
import type { RecordRules } from './record-values.ts';
import { isNewer, packed, type Standing, standingOf, upsertContacts } from './store.ts';

export interface ReadRecords {
  readonly contacts: readonly PackedContact[];
  readonly refused: readonly RefusedText[];
}

/** What became of the records of an import, of which each is counted once. */
export interface ImportCounts {
  /** Of contacts that were not there. */
  readonly new: number;
  /** Than what was there. */
  readonly newer: number;
  /** Than what was there, or came along. */
  readonly older: number;
  /** As what was there, or came along. */
  readonly same: number;
}

/** Reads and packs records. */
export async function readAll(texts: readonly string[], rules: RecordRules): Promise<ReadRecords> {
  const contacts: PackedContact[] = [];
  const refused = await readTexts(
    texts,
    (text) => readContactRecord(text, rules),
    (read, text) => contacts.push({ ...read, packed: packed(text) }),
  );
  return { contacts, refused };
}

/**
 * Takes the newest record of each contact, if it is newer than what is there. The order in which records come, together or
 * in several imports, makes no difference to what is there in the end. With `dryRun` nothing is written.
 */
export async function importContacts(
  tx: Tx,
  instanceId: string,
  contacts: readonly PackedContact[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<ImportCounts> {
  const newest = new Map<string, PackedContact>();
  for (const one of contacts) {
    const { contactId } = one.contact;
    const other = newest.get(contactId);
    if (!other || isNewer(standing(one), standing(other))) newest.set(contactId, one);
  }
  const candidates = [...newest.values()];
  const written = dryRun
    ? new Map<string, { isNew: boolean }>()
    : await upsertContacts(tx, instanceId, await withNames(tx, instanceId, candidates));
  const left = candidates.filter(({ contact }) => !written.has(contact.contactId));
  const there = await standingOf(
    tx,
    instanceId,
    left.map(({ contact }) => contact.contactId),
  );

  const counts = { new: 0, newer: 0, older: 0, same: 0 };
  for (const one of contacts) {
    const { contactId } = one.contact;
    const best = newest.get(contactId) ?? one;
    if (best === one) counts[outcomeOf(one, written.get(contactId), there.get(contactId))] += 1;
    else counts[one.hash.equals(best.hash) ? 'same' : 'older'] += 1;
  }
  return counts;
}

const standing = ({ contact, hash }: PackedContact): Standing => ({
  lastUpdateTime: contact.lastUpdateTime,
  recordHash: hash,
});

function outcomeOf(one: PackedContact, written: { isNew: boolean } | undefined, there: Standing | undefined) {
  if (written) return written.isNew ? 'new' : 'newer';
  if (!there) return 'new';
  if (isNewer(standing(one), there)) return 'newer';
  return isNewer(there, standing(one)) ? 'older' : 'same';
}

async function withNames(tx: Tx, instanceId: string, contacts: readonly PackedContact[]): Promise<PackedContact[]> {
  const named = await namesBeside(
    tx,
    instanceId,
    contacts.flatMap(({ contact }) => contact.agent ?? []),
  );
  return contacts.map((one) => {
    const { agent } = one.contact;
    return agent ? { ...one, contact: { ...one.contact, agent: named(agent) } } : one;
  });
}
