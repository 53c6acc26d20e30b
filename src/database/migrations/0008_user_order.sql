-- For the user list in the order of changes, which with 100,000 users would otherwise sort all of them for each page.
create index users_by_last_modified_time on users (instance_id, last_modified_time, id);
