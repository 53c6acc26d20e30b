-- What has happened: contacts, and the names that people and queues had then. Nothing here refers to the living, so nothing
-- that is deleted or renamed changes it; the names are looked up nowhere else.

-- An agent as of a contact. Never changed; its id is a hash of what it holds, so that two who write the same write it once.
create table agent_snapshot (
  id uuid primary key,
  instance_id uuid not null,
  user_id uuid not null,
  username text not null,
  first_name text,
  last_name text,
  routing_profile_id uuid,
  routing_profile_name text,
  -- From the first level down to the agent's own.
  hierarchy_group_ids uuid[] not null,
  hierarchy_group_names text[] not null
);
create index agent_snapshot_by_user on agent_snapshot (instance_id, user_id);

-- A queue as of a contact. The AGENT queue of a user has the user's id and no name.
create table queue_snapshot (
  id uuid primary key,
  instance_id uuid not null,
  queue_id uuid not null,
  type text not null check (type in ('STANDARD', 'AGENT')),
  name text
);
create index queue_snapshot_by_queue on queue_snapshot (instance_id, queue_id);

-- One row for each contact (each leg of a chain of transfers is one), of the newest record that came. All durations in seconds.
create table contact (
  instance_id uuid not null,
  contact_id uuid not null,
  initial_contact_id uuid,
  previous_contact_id uuid,
  next_contact_id uuid,
  related_contact_id uuid,
  agent_id uuid,
  agent_snapshot_id uuid,
  queue_id uuid,
  queue_snapshot_id uuid,
  initiation_time timestamptz not null,
  connected_to_system_time timestamptz,
  scheduled_time timestamptz,
  enqueue_time timestamptz,
  dequeue_time timestamptz,
  connected_to_agent_time timestamptz,
  after_contact_work_end_time timestamptz,
  transfer_completed_time timestamptz,
  disconnect_time timestamptz,
  -- Which record is the newest: the later one, of two of the same second the one with the greater hash.
  last_update_time timestamptz not null,
  record_hash bytea not null,
  -- How many records in a row have been the newest one: 1 for the first.
  version integer not null,
  queue_duration integer,
  agent_interaction_duration integer,
  customer_hold_duration integer,
  after_contact_work_duration integer,
  agent_pause_duration integer,
  number_of_holds integer,
  agent_connection_attempts integer,
  channel text not null,
  subtype text,
  initiation_method text not null,
  disconnect_reason text,
  customer_endpoint text,
  system_endpoint text,
  transferred_to_endpoint text,
  name text,
  attributes jsonb not null default '{}',
  tags jsonb not null default '{}',
  primary key (instance_id, contact_id)
);
create index contact_by_initiation on contact (instance_id, initiation_time desc, contact_id);
create index contact_by_agent on contact (instance_id, agent_id, initiation_time desc) where agent_id is not null;
create index contact_by_queue on contact (instance_id, queue_id, initiation_time desc) where queue_id is not null;
-- A report puts a contact into the interval in which it ended, and finds here what most of its metrics need.
create index contact_by_disconnect on contact (instance_id, disconnect_time desc, contact_id)
  include (agent_snapshot_id, queue_id, channel, initiation_method, connected_to_agent_time, agent_interaction_duration,
    customer_hold_duration, after_contact_work_duration, agent_pause_duration, number_of_holds)
  where disconnect_time is not null;
create index contact_by_connection on contact (instance_id, connected_to_agent_time desc, contact_id)
  where connected_to_agent_time is not null;
create index contact_by_schedule on contact (instance_id, scheduled_time desc, contact_id) where scheduled_time is not null;
create index contact_by_enqueue on contact (instance_id, enqueue_time desc, contact_id) where enqueue_time is not null;
create index contact_by_initial_contact on contact (instance_id, initial_contact_id) where initial_contact_id is not null;
create index contact_by_previous_contact on contact (instance_id, previous_contact_id) where previous_contact_id is not null;
create index contact_by_related_contact on contact (instance_id, related_contact_id) where related_contact_id is not null;
create index contact_by_customer on contact (instance_id, customer_endpoint text_pattern_ops)
  where customer_endpoint is not null;

-- The record as it was delivered, word for word, so that what nobody reads today is there when somebody does. Apart, so
-- that the rows above stay narrow.
create table contact_raw (
  instance_id uuid not null,
  contact_id uuid not null,
  -- JSON in UTF-8, DEFLATE (RFC 1951).
  record bytea not null,
  primary key (instance_id, contact_id)
);
