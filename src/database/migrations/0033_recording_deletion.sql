-- Whoever deleted a recording, by name, for as long as the recording is known: the audit may be pruned before.
alter table recording add column deletion_actor text;
update recording r set deletion_actor = e.actor_name
from audit_entry e
where r.object_id is null and e.instance_id = r.instance_id and e.resource_id = r.contact_id::text
  and e.operation = 'DeleteRecording' and e.details -> 'Recording' -> 'New' ->> 'Name' = r.name;
