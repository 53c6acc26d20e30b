create table user_batch (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  type text not null check (type in ('DELETION', 'UPDATE', 'IMPORT')),
  status text not null check (status in ('QUEUED', 'IN_PROGRESS', 'PAUSED', 'STOPPED', 'COMPLETED', 'COMPLETED_WITH_FAILURES')),
  -- What is to be done to each record; for a DELETION: {"QuickConnects": "DELETE" or "KEEP"}.
  instructions jsonb not null,
  requested_by_type text not null check (requested_by_type in ('USER', 'ACCESS_KEY')),
  requested_by_id text not null,
  requested_by_name text not null,
  request_id text not null,
  client_token text,
  -- SHA-256 of the request, so that a client token used again with another selection is told apart.
  request_hash text not null,
  retry_of uuid references user_batch (id) on delete cascade,
  requested_count integer not null,
  -- The counts change in the transaction of the range that changes the records. Counting a batch of 100,000 records
  -- anew for every look at a progress bar would cost more than deleting the next range.
  succeeded_count integer not null default 0,
  failed_count integer not null default 0,
  -- Those of the failed that may succeed when they are tried again.
  retryable_count integer not null default 0,
  stopped_count integer not null default 0,
  quick_connects_deleted_count integer not null default 0,
  created_time timestamptz not null,
  start_time timestamptz,
  end_time timestamptz,
  -- When a worker last took a range of it: the batch that has waited longest comes next.
  last_range_time timestamptz,
  -- Ranges in a row that ended in an error nobody expected: from a certain number on, records are tried one by one.
  range_errors integer not null default 0,
  dismissed_time timestamptz,
  dismissed_by text
);
-- Two callers may choose the same token without knowing of each other.
create unique index user_batch_client_token_key on user_batch (instance_id, requested_by_type, requested_by_id, client_token)
  where client_token is not null;
-- A batch is retried once: a double click must not make two.
create unique index user_batch_retry_key on user_batch (retry_of) where retry_of is not null;
create index user_batch_by_time on user_batch (instance_id, created_time desc, id);
create index user_batch_runnable on user_batch (last_range_time nulls first, created_time) where status in ('QUEUED', 'IN_PROGRESS');

create table user_batch_record (
  user_batch_id uuid not null references user_batch (id) on delete cascade,
  position integer not null,
  -- As it was asked for and as it was then: results stay readable when the user is gone.
  user_id uuid,
  username text,
  first_name text,
  last_name text,
  status text not null default 'PENDING' check (status in ('PENDING', 'SUCCEEDED', 'FAILED', 'STOPPED')),
  error_code text,
  reason text,
  retryable boolean,
  quick_connects_deleted integer not null default 0,
  time timestamptz,
  primary key (user_batch_id, position)
);
create index user_batch_record_by_status on user_batch_record (user_batch_id, status, position);
