-- pg_trgm serves the CONTAINS conditions of SearchUsers; it is a trusted extension, so the owner of a database may add it.
create extension if not exists pg_trgm;

create table hierarchy_level (
  instance_id uuid not null references instance (id) on delete cascade,
  level integer not null check (level between 1 and 5),
  id uuid not null,
  name text not null,
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  primary key (instance_id, level)
);

create table hierarchy_group (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  level integer not null check (level between 1 and 5),
  parent_group_id uuid references hierarchy_group (id),
  name text not null,
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null
);
-- Two indexes, because null parents would count as different from each other in one.
create unique index hierarchy_group_name_key on hierarchy_group (instance_id, parent_group_id, name) where parent_group_id is not null;
create unique index hierarchy_group_top_name_key on hierarchy_group (instance_id, name) where parent_group_id is null;
create index hierarchy_group_by_parent on hierarchy_group (parent_group_id);

create table security_profile (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  description text,
  permissions text[] not null default '{}',
  allowed_access_control_tags jsonb,
  tag_restricted_resources text[],
  hierarchy_restricted_resources text[],
  allowed_access_control_hierarchy_group_id uuid,
  applications jsonb,
  allowed_flow_modules jsonb,
  granular_access_control_configuration jsonb,
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint security_profile_name_key unique (instance_id, name)
);

create table users (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  username text not null,
  first_name text,
  last_name text,
  email text,
  secondary_email text,
  mobile text,
  -- argon2id, PHC string; null where an identity provider or a directory signs people in.
  password_hash text,
  directory_user_id text,
  routing_profile_id uuid not null references routing_profile (id),
  hierarchy_group_id uuid references hierarchy_group (id),
  phone_type text check (phone_type in ('SOFT_PHONE', 'DESK_PHONE')),
  auto_accept boolean not null default false,
  -- Seconds; 0 means no limit.
  after_contact_work_time_limit integer not null default 0,
  desk_phone_number text,
  persistent_connection boolean not null default false,
  -- What was set for single channels: AutoAcceptConfigs, AfterContactWorkConfigs, PhoneNumberConfigs,
  -- PersistentConnectionConfigs, VoiceEnhancementConfigs, as Connect names them.
  channel_configs jsonb,
  tags jsonb not null default '{}',
  created_time timestamptz not null,
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint users_username_key unique (instance_id, username)
);
create index users_by_username on users (instance_id, lower(username), id);
create index users_by_first_name on users (instance_id, lower(first_name), id);
create index users_by_last_name on users (instance_id, lower(last_name), id);
create index users_by_routing_profile on users (routing_profile_id);
create index users_by_hierarchy_group on users (hierarchy_group_id);
create index users_username_trigrams on users using gin (lower(username) gin_trgm_ops);
create index users_first_name_trigrams on users using gin (lower(first_name) gin_trgm_ops);
create index users_last_name_trigrams on users using gin (lower(last_name) gin_trgm_ops);
create index users_by_tags on users using gin (tags);

-- position keeps the order in which the profiles were given.
create table user_security_profile (
  user_id uuid not null references users (id) on delete cascade,
  security_profile_id uuid not null references security_profile (id),
  position integer not null,
  primary key (user_id, security_profile_id)
);
create index user_security_profile_by_profile on user_security_profile (security_profile_id, user_id);
