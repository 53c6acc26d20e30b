-- A session has an id that may be spoken of, and knows where it began.
alter table session add column id uuid not null default gen_random_uuid();
alter table session add column address text;

-- Failed sign-ins and denied calls, a row for each caller or address and minute. A server gives rows of their own to a
-- hundred of them in a minute; the others share one, so that nobody fills the disk by being refused.
create table refusal_count (
  minute timestamptz not null,
  kind text not null check (kind in ('SIGN_IN', 'CALL')),
  -- ADDRESS: of a caller who is not known; an IPv6 address is its network. OTHERS: the rest.
  caller_type text not null check (caller_type in ('ADDRESS', 'USER', 'ACCESS_KEY', 'OTHERS')),
  caller_id text not null,
  caller_name text not null,
  -- Where the newest of them came from.
  address text not null,
  count integer not null,
  -- How often for which reason.
  reasons jsonb not null,
  primary key (minute, kind, caller_type, caller_id)
);
