create table hours_of_operation (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  description text,
  time_zone text not null,
  -- Connect's HoursOfOperationConfig, as given.
  config jsonb not null,
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint hours_of_operation_name_key unique (instance_id, name)
);

-- Only STANDARD queues: the AGENT queue of a user is the user itself and has the user's id.
create table queue (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  description text,
  hours_of_operation_id uuid not null references hours_of_operation (id),
  max_contacts integer,
  status text not null default 'ENABLED' check (status in ('ENABLED', 'DISABLED')),
  outbound_caller_config jsonb,
  outbound_email_config jsonb,
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint queue_name_key unique (instance_id, name)
);
create index queue_by_hours_of_operation on queue (hours_of_operation_id);

create table routing_profile (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  description text not null,
  default_outbound_queue_id uuid not null references queue (id),
  -- Connect's list of MediaConcurrency.
  media_concurrencies jsonb not null,
  agent_availability_timer text not null default 'TIME_SINCE_LAST_ACTIVITY'
    check (agent_availability_timer in ('TIME_SINCE_LAST_ACTIVITY', 'TIME_SINCE_LAST_INBOUND')),
  is_default boolean not null default false,
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint routing_profile_name_key unique (instance_id, name)
);
create index routing_profile_by_default_outbound_queue on routing_profile (default_outbound_queue_id);

create table routing_profile_queue (
  routing_profile_id uuid not null references routing_profile (id) on delete cascade,
  queue_id uuid not null references queue (id),
  channel text not null check (channel in ('VOICE', 'CHAT', 'TASK', 'EMAIL')),
  priority integer not null,
  delay integer not null,
  primary key (routing_profile_id, queue_id, channel)
);
create index routing_profile_queue_by_queue on routing_profile_queue (queue_id);

create table contact_flow (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  type text not null,
  description text,
  content text not null,
  state text not null default 'ACTIVE' check (state in ('ACTIVE', 'ARCHIVED')),
  status text not null default 'PUBLISHED' check (status in ('PUBLISHED', 'SAVED')),
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint contact_flow_name_key unique (instance_id, name)
);

create table agent_status (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  description text,
  type text not null check (type in ('ROUTABLE', 'CUSTOM', 'OFFLINE')),
  state text not null check (state in ('ENABLED', 'DISABLED')),
  display_order integer,
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint agent_status_name_key unique (instance_id, name)
);
