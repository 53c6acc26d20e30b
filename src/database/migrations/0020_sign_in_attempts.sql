-- Attempts to sign in, by login, by address and by user, within ten minutes; afterwards the row is of no use and goes. What
-- an attempt is known by is kept as a digest under a key that is not in the database: people type passwords into the
-- field for the login.
drop table sign_in_failure;

create table sign_in_attempt (
  digest bytea primary key,
  attempts integer not null,
  window_start timestamptz not null
);
create index sign_in_attempt_by_window on sign_in_attempt (window_start);
