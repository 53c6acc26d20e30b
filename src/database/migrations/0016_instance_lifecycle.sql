-- Whether an instance is still being created, is active, or is gone follows from these times and the clock: no process
-- has to be there at the right moment to change it.
alter table instance drop column status;
alter table instance drop column status_reason;
alter table instance add column active_time timestamptz;
update instance set active_time = created_time;
alter table instance alter column active_time set not null;
-- From then on it is gone for everybody, and the worker may remove it. Null: nobody has asked for that.
alter table instance add column deletion_time timestamptz;

alter table instance add column directory_id text;
-- What UpdateInstanceAttribute has set; what is not there has its default.
alter table instance add column attributes jsonb not null default '{}';
-- The token of the request that made it, with the SHA-256 of that request: the same request again makes no second one.
alter table instance add column client_token text;
alter table instance add column request_hash text;

-- An alias is part of an address, where case means nothing; one that is being deleted gives its alias back at once.
drop index instance_alias_key;
create unique index instance_alias_key on instance (lower(alias)) where deletion_time is null;
create unique index instance_client_token_key on instance (region, client_token)
  where client_token is not null and deletion_time is null;
create index instance_by_deletion on instance (deletion_time) where deletion_time is not null;
