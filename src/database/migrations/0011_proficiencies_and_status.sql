-- What users are good at, the attributes that it is told in, and the status that somebody was put into.

-- Callers know an attribute by its name; the id never leaves the database.
create table predefined_attribute (
  id uuid primary key,
  instance_id uuid not null references instance (id) on delete cascade,
  name text not null,
  -- The values (Connect's StringList), in the order given.
  string_list text[] not null default '{}',
  purposes text[] not null default '{}',
  enable_value_validation_on_association boolean not null default false,
  last_modified_time timestamptz not null,
  last_modified_region text not null
);
create unique index predefined_attribute_name_key on predefined_attribute (instance_id, lower(name));

-- Amazon Connect has these in every instance.
insert into predefined_attribute (id, instance_id, name, string_list, last_modified_time, last_modified_region)
select gen_random_uuid(), i.id, a.name, a.string_list, i.created_time, i.region
from instance i cross join (values
  ('connect:Language', '{}'::text[]),
  ('connect:Subtype', array['connect:Telephony', 'connect:WebRTC', 'connect:Chat', 'connect:SMS', 'connect:Apple',
    'connect:WhatsApp', 'connect:Guide', 'connect:Task', 'connect:Email']),
  ('connect:WorkloadType', '{}'::text[])
) as a (name, string_list);

-- No cascade from the attribute: one that a user has is not deleted.
create table user_proficiency (
  user_id uuid not null references users (id) on delete cascade,
  attribute_id uuid not null references predefined_attribute (id),
  value text not null,
  level integer not null check (level between 1 and 5),
  primary key (user_id, attribute_id, value)
);
create index user_proficiency_by_attribute on user_proficiency (attribute_id, value, level);

-- Null: the user's proficiencies were never changed.
alter table users add column proficiencies_modified_time timestamptz;

-- Nobody signs in to a contact control panel here, so only who was put into a status has a row.
create table user_status (
  user_id uuid primary key references users (id) on delete cascade,
  agent_status_id uuid not null references agent_status (id),
  start_time timestamptz not null
);
create index user_status_by_agent_status on user_status (agent_status_id);
