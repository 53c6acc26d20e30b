-- An instance is one contact centre in one Region. Everything else hangs below it.
create table instance (
  id uuid primary key,
  region text not null,
  account_id text not null,
  alias text,
  identity_management_type text not null check (identity_management_type in ('CONNECT_MANAGED', 'SAML', 'EXISTING_DIRECTORY')),
  status text not null check (status in ('CREATION_IN_PROGRESS', 'ACTIVE', 'CREATION_FAILED')),
  status_reason text,
  inbound_calls_enabled boolean not null,
  outbound_calls_enabled boolean not null,
  tags jsonb not null default '{}',
  created_time timestamptz not null,
  -- Says that the sample data is complete, so that a first start that was interrupted fills it once, not twice.
  sample_data_time timestamptz
);
create unique index instance_alias_key on instance (alias);
create index instance_by_region on instance (region, created_time);
