-- Who did what to which record, and by what right. Names are written down, not looked up: the actor and the record
-- may be gone when an auditor reads this. No foreign keys to the living.
create table audit_entry (
  id uuid primary key default gen_random_uuid(),
  instance_id uuid not null,
  time timestamptz not null,
  operation text not null,
  -- USER: a signed-in user of the instance; ACCESS_KEY: an API caller; SYSTEM: Cordboard itself.
  actor_type text not null check (actor_type in ('USER', 'ACCESS_KEY', 'SYSTEM')),
  actor_id text not null,
  actor_name text not null,
  -- The security-profile permission, or for an access key the action, that allowed it.
  permission text not null,
  resource_type text not null,
  resource_id text not null,
  resource_name text not null,
  change text not null check (change in ('CREATED', 'UPDATED', 'DELETED')),
  details jsonb,
  user_batch_id uuid,
  request_id text not null
);
create index audit_entry_by_time on audit_entry (instance_id, time);
create index audit_entry_by_resource on audit_entry (instance_id, resource_id, time);
create index audit_entry_by_resource_name on audit_entry (instance_id, resource_name, time) where change = 'DELETED';
create index audit_entry_by_user_batch on audit_entry (user_batch_id) where user_batch_id is not null;

-- What changed, for whoever has to follow it (replication to another Region). Unlike the audit it may be pruned.
create table change_entry (
  id uuid primary key default gen_random_uuid(),
  instance_id uuid not null,
  time timestamptz not null,
  resource_type text not null,
  resource_id text not null,
  change text not null check (change in ('CREATED', 'UPDATED', 'DELETED'))
);
create index change_entry_by_time on change_entry (instance_id, time);
