-- The change feed gets an order that a reader can follow. What was changed together, in one transaction, is a set; a
-- worker numbers the sets that are committed, and readers follow the numbers.
create table change_set (
  id uuid primary key,
  time timestamptz not null,
  -- How many entries it has: readers and pruning measure their bites by it.
  size integer not null,
  -- Null until the worker has come by.
  sequence bigint
);
create unique index change_set_by_sequence on change_set (sequence) where sequence is not null;
create index change_set_unnumbered on change_set (id) where sequence is null;

-- One row: who numbers or prunes holds its lock.
create table change_feed (
  only_row boolean primary key default true check (only_row),
  -- Another one after the database was made anew: cursors of the old one mean nothing in it.
  id uuid not null default gen_random_uuid(),
  last_sequence bigint not null,
  pruned_through bigint not null
);

-- What is there already becomes a set for each entry, in the order of its time.
alter table change_entry add column set_id uuid;
update change_entry set set_id = id;
alter table change_entry alter column set_id set not null;
insert into change_set (id, time, size, sequence)
  select id, time, 1, row_number() over (order by time, id) from change_entry;
insert into change_feed (last_sequence, pruned_through)
  select coalesce(max(sequence), 0), 0 from change_set;

drop index change_entry_by_time;
alter table change_entry drop column time;
create index change_entry_by_set on change_entry (set_id, id);
