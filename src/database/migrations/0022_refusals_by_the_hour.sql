-- Counts of the last day are by the minute; older ones are merged into rows of an hour, with a bound on how many.
alter table refusal_count add column span text not null default 'MINUTE' check (span in ('MINUTE', 'HOUR'));
create index refusal_count_unmerged on refusal_count (minute) where span = 'MINUTE';
