-- Reports of historical metrics as somebody keeps them: their settings, and nothing of what they show. The owner is kept by id
-- and by the name of that time, with no foreign key: a report that others open outlives the user, and a deletion of users has
-- nothing to do here.
create table saved_report (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  owner_type text not null check (owner_type in ('USER', 'ACCESS_KEY')),
  owner_id text not null,
  owner_name text not null,
  name text not null,
  type text not null check (type in ('AGENT_PERFORMANCE', 'CONTACT_METRICS', 'AGENT_METRICS')),
  -- PRIVATE: the owner's alone. SHARED: of whoever has its id. PUBLISHED: in the list of everybody who may see saved reports.
  status text not null check (status in ('PRIVATE', 'SHARED', 'PUBLISHED')),
  -- Members as GetHistoricalReport takes them, and a range that may be told relatively to the day.
  settings jsonb not null,
  -- Counts the changes of the settings, so that of two who change them at once one is told.
  version integer not null,
  created_time timestamptz not null,
  last_modified_time timestamptz not null,
  constraint saved_report_name_key unique (instance_id, name)
);
create index saved_report_of_owner on saved_report (instance_id, owner_type, owner_id);
create index saved_report_by_name on saved_report (instance_id, lower(name), id);
create index saved_report_published on saved_report (instance_id) where status = 'PUBLISHED';
