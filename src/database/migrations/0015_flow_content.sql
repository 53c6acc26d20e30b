-- A published flow may have content that was saved after it and is not published; null: there is none.
alter table contact_flow add column saved_content text;
-- The flows that Connect falls back to. They are never deleted.
alter table contact_flow add column is_default boolean not null default false;
-- Flows could not be made until now, so whatever has one of these names came with its instance.
update contact_flow set is_default = true where name in ('Default agent hold', 'Default agent transfer',
  'Default agent whisper', 'Default customer hold', 'Default customer queue', 'Default customer whisper',
  'Default outbound', 'Default queue transfer');

create index quick_connect_by_contact_flow on quick_connect (contact_flow_id) where contact_flow_id is not null;

create table contact_flow_module (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  description text,
  -- As for a flow: what is published, and what was saved after it.
  content text not null,
  saved_content text,
  settings text,
  external_invocation_enabled boolean,
  state text not null default 'ACTIVE' check (state in ('ACTIVE', 'ARCHIVED')),
  -- The token of the request that made it, with the SHA-256 of that request: the same request again makes no second one.
  client_token text,
  request_hash text,
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint contact_flow_module_name_key unique (instance_id, name)
);
create unique index contact_flow_module_client_token_key on contact_flow_module (instance_id, client_token)
  where client_token is not null;
