-- One dialect for what the audit says of a change: {"Changes": {Member: {"Old", "New"}}}, by Connect's names. What was
-- not recorded when the entry was written is left out.

-- A draft saved beside what is published has a member of its own. What it replaced was not told apart from the published.
update audit_entry
set details = jsonb_build_object('Changes', jsonb_build_object(
  'SavedContentSha256', jsonb_build_object('New', details #> '{FlowContentSha256,After}')))
where change = 'UPDATED' and resource_type = 'contact-flow'
  and details #>> '{Status,Before}' = 'PUBLISHED' and details #>> '{Status,After}' = 'SAVED';

update audit_entry
set details = jsonb_build_object('Changes',
  case
    when not details ? 'FlowModuleContentSha256' then '{}'
    when details ->> 'Status' = 'SAVED' then jsonb_build_object(
      'SavedContentSha256', jsonb_build_object('New', details #> '{FlowModuleContentSha256,After}'))
    else jsonb_build_object('FlowModuleContentSha256', jsonb_build_object(
      'Old', details #> '{FlowModuleContentSha256,Before}', 'New', details #> '{FlowModuleContentSha256,After}'))
  end
  || case
    when not details ? 'Settings' then '{}'
    else jsonb_build_object('SettingsSha256', jsonb_build_object(
      'Old', encode(sha256(convert_to(details #>> '{Settings,Before}', 'UTF8')), 'hex'),
      'New', encode(sha256(convert_to(details #>> '{Settings,After}', 'UTF8')), 'hex')))
  end)
where change = 'UPDATED' and resource_type = 'flow-module' and jsonb_typeof(details -> 'Status') = 'string';

update audit_entry
set details = jsonb_build_object('Changes', jsonb_build_object(
  case details ->> 'Level'
    when '1' then 'LevelOne' when '2' then 'LevelTwo' when '3' then 'LevelThree' when '4' then 'LevelFour' else 'LevelFive'
  end,
  jsonb_build_object(
    'Old', jsonb_build_object('Name', details #> '{Name,Before}'),
    'New', jsonb_build_object('Name', details #> '{Name,After}'))))
where change = 'UPDATED' and resource_type = 'agent-group-level' and details ? 'Level';

-- The queues of a routing profile. Whether one of them was associated before, with another priority, was not recorded.
update audit_entry a
set details = jsonb_build_object('Changes', (
  select coalesce(jsonb_object_agg(pairs.member, pairs.changed), '{}')
  from (
    select
      case when lists.key in ('Associated', 'Disassociated', 'Updated')
        then 'QueueConfigs' else 'ManualAssignmentQueueConfigs' end as member,
      case
        when lists.key like 'Disassociated%' then jsonb_build_object('Old', configs.list, 'New', '[]'::jsonb)
        when lists.key = 'AssociatedForManualAssignment' then jsonb_build_object('Old', '[]'::jsonb, 'New', configs.list)
        else jsonb_build_object('New', configs.list)
      end as changed
    from jsonb_each(a.details) as lists, lateral (
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'QueueReference', jsonb_build_object('QueueId', pair -> 'queueId', 'Channel', pair -> 'channel'),
        'Priority', pair -> 'priority', 'Delay', pair -> 'delay'))) as list
      from jsonb_array_elements(lists.value) as pair
    ) as configs
    where jsonb_array_length(lists.value) > 0
  ) as pairs))
where change = 'UPDATED' and resource_type = 'routing-profile'
  and details ?| array['Associated', 'Disassociated', 'Updated'];

update audit_entry
set details = jsonb_build_object('Changes', jsonb_build_object('QuickConnectIds', jsonb_build_object(
  'Old', coalesce(details -> 'DisassociatedQuickConnectIds', '[]'),
  'New', coalesce(details -> 'AssociatedQuickConnectIds', '[]'))))
where change = 'UPDATED' and resource_type = 'queue'
  and details ?| array['AssociatedQuickConnectIds', 'DisassociatedQuickConnectIds'];

update audit_entry
set details = jsonb_build_object('Changes', jsonb_build_object('ParentHoursOfOperationIds', jsonb_build_object(
  'Old', coalesce(details -> 'DisassociatedParentHoursOfOperationIds', '[]'),
  'New', coalesce(details -> 'AssociatedParentHoursOfOperationIds', '[]'))))
where change = 'UPDATED' and resource_type = 'operating-hours'
  and details ?| array['AssociatedParentHoursOfOperationIds', 'DisassociatedParentHoursOfOperationIds'];

update audit_entry a
set details = jsonb_build_object('Changes', jsonb_build_object('HoursOfOperationOverrideList', (
  select jsonb_build_object(
    'Old', case when about.verb = 'CreatedOverride' then '[]' else jsonb_build_array(about.known || about.old) end,
    'New', case when about.verb = 'DeletedOverride' then '[]' else jsonb_build_array(about.known || about.new) end)
  from (
    select verb.key as verb,
      (verb.value - 'Id' - 'Changes') || jsonb_build_object('HoursOfOperationOverrideId', verb.value -> 'Id') as known,
      coalesce((select jsonb_object_agg(key, value -> 'Before') from jsonb_each(verb.value -> 'Changes')), '{}') as old,
      coalesce((select jsonb_object_agg(key, value -> 'After') from jsonb_each(verb.value -> 'Changes')), '{}') as new
    from jsonb_each(a.details) as verb
  ) as about)))
where change = 'UPDATED' and resource_type = 'operating-hours'
  and details ?| array['CreatedOverride', 'UpdatedOverride', 'DeletedOverride'];

update audit_entry
set details = jsonb_build_object('Changes', case
  when operation = 'DismissUserBatch' then '{"Dismissed": {"New": true}}'
  else jsonb_build_object('Status', jsonb_build_object('Old', details -> 'Before', 'New', details -> 'Status'))
end)
where change = 'UPDATED' and resource_type = 'user-batch' and details ? 'Before';

-- {Member: {"Before", "After"}}, which most others have.
update audit_entry a
set details = jsonb_build_object('Changes', (
  select jsonb_object_agg(key, jsonb_build_object('Old', value -> 'Before', 'New', value -> 'After'))
  from jsonb_each(a.details)))
where change = 'UPDATED' and not details ? 'Changes' and details <> '{}'
  and not exists (
    select 1 from jsonb_each(a.details)
    where jsonb_typeof(value) <> 'object' or not value ?& array['Before', 'After']);

update audit_entry set details = details #- '{Changes,Status}'
where change = 'UPDATED' and resource_type = 'contact-flow'
  and details #> '{Changes,Status,Old}' = details #> '{Changes,Status,New}';

update audit_entry
set details = jsonb_build_object('Changes',
  (details -> 'Changes') - 'Proficiencies'
  || jsonb_build_object('UserProficiencies', details #> '{Changes,Proficiencies}'))
where change = 'UPDATED' and resource_type = 'agent' and details -> 'Changes' ? 'Proficiencies';

-- What came with an import of contact records; its count of the new ones is called New.
update audit_entry
set details = jsonb_build_object('Changes', jsonb_build_object(
  'ContactRecords', jsonb_build_object('Old', null, 'New', details -> 'ContactRecords')))
where change = 'UPDATED' and resource_type = 'instance' and details ? 'ContactRecords';

-- What is left said how it is now and not how it was: access keys, and logins that have to wait.
update audit_entry a
set details = jsonb_build_object('Changes', coalesce(
  (select jsonb_object_agg(key, jsonb_build_object('New', value)) from jsonb_each(a.details)), '{}'))
where change = 'UPDATED' and (details is null or not details ? 'Changes');

-- Snapshots: ids by their names in Connect.
update audit_entry
set details = (details - 'ParentGroup') || jsonb_build_object('ParentGroupId', details #> '{ParentGroup,Id}')
where change = 'CREATED' and resource_type = 'agent-group' and details ? 'ParentGroup';
update audit_entry
set details = (details - 'AssociatedQuickConnectIds')
  || jsonb_build_object('QuickConnectIds', details -> 'AssociatedQuickConnectIds')
where change = 'CREATED' and resource_type = 'queue' and details ? 'AssociatedQuickConnectIds';
update audit_entry
set details = jsonb_build_object('QuickConnectConfig', jsonb_build_object(
  'QuickConnectType', 'USER', 'UserConfig', jsonb_build_object('UserId', details -> 'UserId')))
where change = 'DELETED' and resource_type = 'transfer-destination' and details ? 'UserId';
