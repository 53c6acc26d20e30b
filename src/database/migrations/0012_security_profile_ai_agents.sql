-- Connect's list of AIAgent ({"Arn", "Type"}); null until it is given.
alter table security_profile add column allowed_ai_agents jsonb;
