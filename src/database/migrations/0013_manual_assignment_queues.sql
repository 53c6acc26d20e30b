-- Queues of a routing profile from which agents pick contacts by hand: without priority and delay.
create table routing_profile_manual_assignment_queue (
  routing_profile_id uuid not null references routing_profile (id) on delete cascade,
  queue_id uuid not null references queue (id),
  channel text not null check (channel in ('VOICE', 'CHAT', 'TASK', 'EMAIL')),
  primary key (routing_profile_id, queue_id, channel)
);
create index routing_profile_manual_assignment_queue_by_queue on routing_profile_manual_assignment_queue (queue_id);
