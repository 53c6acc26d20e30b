-- 'AccessMetrics.AgentActivityAudit.IncludeDeleted' is given to nobody: in Amazon Connect the activity of an agent who has been
-- deleted cannot be read, so whoever may read it here has been given that by hand.
select 1;
