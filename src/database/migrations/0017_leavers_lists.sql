-- Lists of leavers name people by login in any case, and by e-mail; who was deleted is found by both in the audit.
create index users_by_email on users (instance_id, lower(email));
create index users_by_secondary_email on users (instance_id, lower(secondary_email));
drop index audit_entry_by_resource_name;
create index audit_entry_by_login on audit_entry (instance_id, lower(resource_name), time)
  where change = 'DELETED' and resource_type = 'agent';
create index audit_entry_by_email on audit_entry (instance_id, lower(details ->> 'Email'))
  where change = 'DELETED' and resource_type = 'agent';
create index audit_entry_by_secondary_email on audit_entry (instance_id, lower(details ->> 'SecondaryEmail'))
  where change = 'DELETED' and resource_type = 'agent';

-- What stood in the list, where it is neither the login nor the id of whom it stands for.
alter table user_batch_record add column given text;
-- Whether the login that was given is this one but for its case.
alter table user_batch_record add column case_differs boolean not null default false;
-- Who is not there: why not. A record without a user_id has it, error_code and reason from the submission on.
alter table user_batch_record add column finding text
  check (finding in ('DELETED_BEFORE', 'NEVER_EXISTED', 'UNREADABLE', 'AMBIGUOUS'));
