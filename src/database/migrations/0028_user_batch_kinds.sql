-- What a kind of batch counts besides its records is known to that kind alone. On the batch it is the sum of its records.
alter table user_batch add column kind_counts jsonb not null default '{}';
update user_batch set kind_counts = jsonb_build_object('QuickConnectsDeleted', quick_connects_deleted_count)
  where quick_connects_deleted_count > 0;
alter table user_batch drop column quick_connects_deleted_count;
alter table user_batch_record add column kind_counts jsonb not null default '{}';
update user_batch_record set kind_counts = jsonb_build_object('QuickConnectsDeleted', quick_connects_deleted)
  where quick_connects_deleted > 0;
alter table user_batch_record drop column quick_connects_deleted;

-- What a record of some kinds carries of its own: the user to be made, values to be brought back. Bounded above the
-- largest user that the API takes (50 tags of 128 and 256 characters, of up to 4 bytes each).
alter table user_batch_record add column payload jsonb check (octet_length(payload::text) <= 131072);
