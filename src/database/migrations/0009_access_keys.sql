-- Access keys that were made with CreateAccessKey; the first one comes from the settings or the data folder.
create table access_key (
  id text primary key,
  -- SigV4 needs the secret itself: sealed with AES-256-GCM under a key that is derived from the first access key.
  sealed_secret bytea not null,
  description text,
  -- As in IAM: connect:*, connect:List*, connect:DeleteUser.
  actions text[] not null,
  status text not null default 'ENABLED' check (status in ('ENABLED', 'DISABLED')),
  created_time timestamptz not null,
  created_by text not null,
  last_used_time timestamptz
);

-- What is done to the account, such as making an access key, belongs to no instance.
alter table audit_entry alter column instance_id drop not null;
alter table change_entry alter column instance_id drop not null;
