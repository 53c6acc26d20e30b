-- Recordings whose bytes are, or have been, in the store of bytes. Which ones a contact has, its record says.
create table recording (
  instance_id uuid not null,
  contact_id uuid not null,
  -- The last part of the Location in the record.
  name text not null,
  -- Under which the store has the bytes; null once they have been deleted.
  object_id uuid,
  content_type text not null,
  size bigint not null,
  sha256 bytea not null,
  stored_time timestamptz not null,
  deletion_time timestamptz,
  deletion_reason text,
  primary key (instance_id, contact_id, name),
  check ((object_id is null) = (deletion_time is not null))
);

-- Bytes that the store is to lose: noted before they are written, and taken back in the transaction that knows them by
-- name; noted again in the transaction that forgets them. So whatever dies in between, nothing stays that nobody knows of.
create table recording_removal (
  object_id uuid primary key,
  due_time timestamptz not null
);
create index recording_removal_by_due_time on recording_removal (due_time);
