-- Holidays and the like: what holds instead of, or besides, the week of the hours of operation.
create table hours_of_operation_override (
  id uuid primary key,
  hours_of_operation_id uuid not null references hours_of_operation (id) on delete cascade,
  name text not null,
  description text,
  type text not null default 'STANDARD' check (type in ('STANDARD', 'OPEN', 'CLOSED')),
  -- Days as Connect writes them, 2026-12-24: they are of the hours' own time zone, so no date type of a session's zone.
  effective_from text not null,
  effective_till text not null,
  -- Connect's HoursOfOperationOverrideConfig and RecurrenceConfig, as given.
  config jsonb not null,
  recurrence_config jsonb,
  constraint hours_of_operation_override_name_key unique (hours_of_operation_id, name)
);

-- Hours that take over the overrides of others; position keeps the order in which these were given.
create table hours_of_operation_parent (
  hours_of_operation_id uuid not null references hours_of_operation (id) on delete cascade,
  parent_id uuid not null references hours_of_operation (id),
  position integer not null,
  primary key (hours_of_operation_id, parent_id)
);
create index hours_of_operation_parent_by_parent on hours_of_operation_parent (parent_id);
