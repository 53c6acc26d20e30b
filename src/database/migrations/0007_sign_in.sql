-- A signed-in browser. Only the hash of the cookie is kept, so a copy of the database signs nobody in.
create table session (
  token_hash bytea primary key,
  user_id uuid not null references users (id) on delete cascade,
  instance_id uuid not null references instance (id) on delete cascade,
  csrf_token text not null,
  created_time timestamptz not null,
  expires_time timestamptz not null
);
create index session_by_user on session (user_id);
create index session_by_expiry on session (expires_time);

create table sign_in_failure (
  instance_id uuid not null references instance (id) on delete cascade,
  username text not null,
  failures integer not null,
  first_failure_time timestamptz not null,
  primary key (instance_id, username)
);
