-- What is past its time is looked for every minute in all instances; deletions of users may be kept for longer. Without
-- these each look read the whole table.
create index audit_entry_by_age on audit_entry (time) where not (change = 'DELETED' and resource_type = 'agent');
create index audit_entry_deletions_by_age on audit_entry (time) where change = 'DELETED' and resource_type = 'agent';
