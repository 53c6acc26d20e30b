-- A row for each who has asked for a batch. Whoever asks for another locks it before looking how much of theirs is
-- unfinished, so that two requests at the same time do not both see room for the last one. The worker removes idle ones.
create table user_batch_requester (
  type text not null check (type in ('USER', 'ACCESS_KEY')),
  id text not null,
  primary key (type, id)
);
create index user_batch_unfinished on user_batch (requested_by_type, requested_by_id)
  where status in ('QUEUED', 'IN_PROGRESS', 'PAUSED');
