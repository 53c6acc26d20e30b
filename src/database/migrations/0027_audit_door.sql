-- By which door a change came. What is replicated from another Region will have the actor of that Region, so that who it
-- was does not say it.
alter table audit_entry add column door text
  check (door in ('WEBSITE', 'API', 'BATCH', 'REPLICATION', 'SYSTEM'));
update audit_entry set door = case
  when user_batch_id is not null then 'BATCH'
  when actor_type = 'USER' then 'WEBSITE'
  when actor_type = 'ACCESS_KEY' then 'API'
  else 'SYSTEM'
end;
alter table audit_entry alter column door set not null;

-- Historical changes are read newest first, all or those of one name, resource or actor.
drop index audit_entry_by_time;
create index audit_entry_by_time on audit_entry (instance_id, time, id);
drop index audit_entry_by_resource;
create index audit_entry_by_resource on audit_entry (instance_id, resource_id, time, id);
drop index audit_entry_by_login;
create index audit_entry_by_name on audit_entry (instance_id, lower(resource_name), time, id);
create index audit_entry_by_actor on audit_entry (instance_id, lower(actor_name), time, id);
