-- Historical changes of a kind that is seldom changed, or by one operation, are read in order without reading all others.
create index audit_entry_by_type on audit_entry (instance_id, resource_type, time, id);
create index audit_entry_by_operation on audit_entry (instance_id, operation, time, id);
