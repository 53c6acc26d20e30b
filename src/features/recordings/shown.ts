import { namesEverybody } from '../../access/shown-names.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { boolean, number, required, string, structure, type TypeOf, timestamp } from '../../operations/shapes.ts';
import { reaches } from '../contacts/one-contact.ts';
import { type RecordedMedia, recordingsIn } from '../contacts/record-details.ts';
import { deletePermission, isRedacted, permissionsFor } from './rules.ts';
import { type Recording, recordingsOf } from './store.ts';

export const recordingDetails = structure({
  /** With the contact's id it is what the operations on recordings ask for. */
  Name: required(string()),
  MediaStreamType: required(string()),
  ParticipantType: string(),
  StartTimestamp: timestamp(),
  StopTimestamp: timestamp(),
  Status: required(string<'AVAILABLE' | 'DELETED'>()),
  DeletionReason: string(),
  /** Where it was deleted here. */
  DeletedTime: timestamp(),
  /** Where the caller may be told. */
  DeletedBy: string(),
  /** Whether the bytes are here, so that GetRecording has them. */
  Available: required(boolean()),
  /** Of the bytes, where they are here. */
  ContentType: string(),
  Size: number(),
  /** By its name, as Contact Lens gives it: it has permissions of its own. */
  Redacted: required(boolean()),
  MayListen: required(boolean()),
  MayDownload: required(boolean()),
  MayDelete: required(boolean()),
});

/** What the record says of a recording, and what has been done with it here. Once deleted by either, it is deleted. */
export function standingOf(media: RecordedMedia, kept: Recording | undefined) {
  const deleted = media.status === 'DELETED' || (kept !== undefined && kept.objectId === null);
  return {
    status: deleted ? ('DELETED' as const) : ('AVAILABLE' as const),
    deletionReason: kept?.deletionReason ?? media.deletionReason,
    /** The bytes, where there are any to give. */
    available: !deleted && kept ? kept : null,
  };
}

/** The recordings of a contact that the caller sees, and what they may do with each. */
export async function shownRecordings(
  context: InstanceContext<Db>,
  contactId: string,
  record: string | null,
): Promise<TypeOf<typeof recordingDetails>[]> {
  const media = recordingsIn(record);
  if (media.length === 0) return [];
  const { db, instance, access } = context;
  const kept = await recordingsOf(db, instance.id, contactId);
  const may = (permissions: ReturnType<typeof permissionsFor>) => reaches(context, contactId, permissions);
  const answers = new Map<string, Promise<boolean>>();
  const mayOnce = (permissions: ReturnType<typeof permissionsFor>) => {
    const answer = answers.get(permissions.join()) ?? may(permissions);
    answers.set(permissions.join(), answer);
    return answer;
  };
  const tellsWho = namesEverybody(access);
  const shown = [];
  for (const one of media) {
    const own = kept.get(one.name);
    const { status, deletionReason, available } = standingOf(one, own);
    shown.push({
      Name: one.name,
      MediaStreamType: one.mediaStreamType,
      ParticipantType: one.participantType,
      StartTimestamp: one.startTime,
      StopTimestamp: one.stopTime,
      Status: status,
      DeletionReason: deletionReason,
      DeletedTime: own?.deletionTime ?? undefined,
      DeletedBy: tellsWho ? (own?.deletionActor ?? undefined) : undefined,
      Available: available !== null,
      ContentType: available?.contentType,
      Size: available?.size,
      Redacted: isRedacted(one.name),
      MayListen: await mayOnce(permissionsFor(one.name, 'LISTEN')),
      MayDownload: await mayOnce(permissionsFor(one.name, 'DOWNLOAD')),
      MayDelete: await mayOnce([deletePermission]),
    });
  }
  return shown;
}

/** For Connect's own answer, which knows Status and DeletionReason and nothing else of a deletion. */
export async function deletedHere(
  db: Db | Tx,
  instanceId: string,
  contactId: string,
): Promise<(location: string | undefined) => { Status: 'DELETED'; DeletionReason?: string } | null> {
  const kept = await recordingsOf(db, instanceId, contactId);
  return (location) => {
    const own = kept.get(location?.slice(location.lastIndexOf('/') + 1) ?? '');
    if (!own || own.objectId !== null) return null;
    return { Status: 'DELETED', ...(own.deletionReason !== null && { DeletionReason: own.deletionReason }) };
  };
}
