-- What agents did. The events are what was delivered, everything else here follows from them and is written again around
-- an event that comes late. As with contacts nothing refers to the living.

-- Whoever changes what an agent did holds this row. It names nobody and stays as long as the instance.
create table agent_activity (
  instance_id uuid not null,
  agent_id uuid not null,
  primary key (instance_id, agent_id)
);

-- The events as they were delivered, without heartbeats.
create table agent_event (
  instance_id uuid not null,
  agent_id uuid not null,
  event_id uuid not null,
  event_time timestamptz not null,
  type text not null check (type in ('LOGIN', 'LOGOUT', 'STATE_CHANGE')),
  -- JSON in UTF-8, DEFLATE (RFC 1951).
  record bytea not null,
  primary key (instance_id, event_id)
);
create index agent_event_by_agent on agent_event (instance_id, agent_id, event_time, event_id);
create index agent_event_by_login on agent_event (instance_id, agent_id, event_time) where type <> 'STATE_CHANGE';

-- What an agent was in between two events.
create table agent_segment (
  instance_id uuid not null,
  agent_id uuid not null,
  start_time timestamptz not null,
  -- Null until the next event comes.
  end_time timestamptz,
  agent_snapshot_id uuid not null,
  status_id uuid,
  status_name text not null,
  status_type text not null check (status_type in ('ROUTABLE', 'CUSTOM', 'OFFLINE')),
  -- What the contacts do, of several the one that says most: CONNECTED, ON_HOLD, PAUSED, AFTER_CONTACT_WORK, CONNECTING,
  -- MISSED, REJECTED or ERROR. Null without contacts.
  activity text,
  -- Of the contact that does it.
  channel text,
  initiation_method text,
  -- Whether a contact is connected, on hold, paused or in after-contact work; and whether one was missed, rejected or in
  -- error. Both can be, of two contacts.
  on_contact boolean not null,
  in_error boolean not null,
  -- An event between the two is missing.
  incomplete boolean not null,
  primary key (instance_id, agent_id, start_time)
);
create index agent_segment_by_end on agent_segment (instance_id, end_time);

-- The segments by quarters of an hour in UTC, which every time zone's hours and days are made of. Of each quarter the
-- milliseconds online, which are those idle, on contact and non-productive. In error is counted beside, within the others.
create table agent_interval (
  instance_id uuid not null,
  agent_id uuid not null,
  interval_start timestamptz not null,
  agent_snapshot_id uuid not null,
  online_ms integer not null,
  idle_ms integer not null,
  contact_ms integer not null,
  non_productive_ms integer not null,
  error_ms integer not null,
  incomplete boolean not null,
  primary key (instance_id, agent_id, interval_start, agent_snapshot_id),
  check (online_ms = idle_ms + contact_ms + non_productive_ms)
);
create index agent_interval_by_time on agent_interval (instance_id, interval_start);

-- Each time that a contact was offered to an agent, and each call that an agent made, until it was connected or was not.
create table agent_offer (
  instance_id uuid not null,
  agent_id uuid not null,
  contact_id uuid not null,
  -- The event that told of the end.
  event_id uuid not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  outcome text not null check (outcome in ('ACCEPTED', 'MISSED', 'REJECTED', 'CUSTOMER_LEFT', 'ERROR')),
  connecting_ms integer not null,
  queue_id uuid,
  queue_snapshot_id uuid,
  channel text not null,
  initiation_method text not null,
  agent_snapshot_id uuid not null,
  primary key (instance_id, event_id, contact_id)
);
create index agent_offer_by_end on agent_offer (instance_id, end_time);
create index agent_offer_by_agent on agent_offer (instance_id, agent_id, end_time);
create index agent_offer_by_queue on agent_offer (instance_id, queue_id, end_time) where queue_id is not null;

-- From a login to the logout that ended it; without one, if there was none before the next login.
create table agent_session (
  instance_id uuid not null,
  agent_id uuid not null,
  login_time timestamptz not null,
  logout_time timestamptz,
  agent_snapshot_id uuid not null,
  -- An event that was imported, or the website of this instance.
  source text not null check (source in ('EVENT', 'WEBSITE')),
  primary key (instance_id, agent_id, login_time, source)
);
create index agent_session_by_login on agent_session (instance_id, login_time);
create index agent_session_by_logout on agent_session (instance_id, logout_time) where logout_time is not null;
