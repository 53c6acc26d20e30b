-- user_id has no foreign key: as in Amazon Connect, a quick connect outlives the user that it points at. It is an
-- orphan as soon as there is no such user.
create table quick_connect (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  description text,
  type text not null check (type in ('USER', 'QUEUE', 'PHONE_NUMBER', 'FLOW')),
  user_id uuid,
  queue_id uuid references queue (id),
  contact_flow_id uuid,
  phone_number text,
  tags jsonb not null default '{}',
  last_modified_time timestamptz not null,
  last_modified_region text not null,
  constraint quick_connect_name_key unique (instance_id, name)
);
create index quick_connect_by_user on quick_connect (user_id) where user_id is not null;
create index quick_connect_by_queue on quick_connect (queue_id) where queue_id is not null;

create table queue_quick_connect (
  queue_id uuid not null references queue (id) on delete cascade,
  quick_connect_id uuid not null references quick_connect (id) on delete cascade,
  primary key (queue_id, quick_connect_id)
);
create index queue_quick_connect_by_quick_connect on queue_quick_connect (quick_connect_id);
