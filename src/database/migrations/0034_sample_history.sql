-- How far the history of the sample centre is, for the page; only while it is being made.
create table sample_history (
  instance_id uuid primary key references instance (id) on delete cascade,
  filled integer not null,
  days integer not null,
  -- Of the last day that was filled: nothing is being made where that is long ago.
  time timestamptz not null
);
