-- What a batch's records wait for when its last range failed for no fault of theirs: a full disk, a row that something
-- else holds. The next range that is done clears it.
alter table user_batch add column note text;
