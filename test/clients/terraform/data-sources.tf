# Every data source, by name and by id. A plan looks before it changes: where something changes that a
# data source looks up by name, or shows without referring to it, depends_on makes it look afterwards.

locals {
  centre = aws_connect_instance.centre.id
}

data "aws_connect_instance" "by_alias" {
  instance_alias = "terraformed"
  depends_on     = [aws_connect_instance.centre]
}

data "aws_connect_instance" "by_id" {
  instance_id = local.centre
  depends_on  = [aws_connect_instance.centre]
}

data "aws_connect_user_hierarchy_structure" "centre" {
  instance_id = aws_connect_user_hierarchy_structure.centre.instance_id
}

data "aws_connect_user_hierarchy_group" "by_name" {
  instance_id = local.centre
  name        = aws_connect_user_hierarchy_group.site.name
  depends_on  = [aws_connect_user_hierarchy_group.country]
}

data "aws_connect_user_hierarchy_group" "by_id" {
  instance_id        = local.centre
  hierarchy_group_id = aws_connect_user_hierarchy_group.site.hierarchy_group_id
  depends_on         = [aws_connect_user_hierarchy_group.country]
}

data "aws_connect_security_profile" "agent" {
  instance_id = local.centre
  name        = "Agent"
}

data "aws_connect_security_profile" "by_id" {
  instance_id         = local.centre
  security_profile_id = aws_connect_security_profile.lead.security_profile_id
}

data "aws_connect_hours_of_operation" "basic" {
  instance_id = local.centre
  name        = "Basic Hours"
}

data "aws_connect_hours_of_operation" "by_id" {
  instance_id           = local.centre
  hours_of_operation_id = aws_connect_hours_of_operation.office.hours_of_operation_id
}

data "aws_connect_queue" "basic" {
  instance_id = local.centre
  name        = "BasicQueue"
}

data "aws_connect_queue" "by_id" {
  instance_id = local.centre
  queue_id    = aws_connect_queue.support.queue_id
}

data "aws_connect_routing_profile" "basic" {
  instance_id = local.centre
  name        = "Basic Routing Profile"
}

data "aws_connect_routing_profile" "by_id" {
  instance_id        = local.centre
  routing_profile_id = aws_connect_routing_profile.all_round.routing_profile_id
}

data "aws_connect_contact_flow" "default" {
  instance_id = local.centre
  name        = "Default customer queue"
}

data "aws_connect_contact_flow" "by_id" {
  instance_id     = local.centre
  contact_flow_id = aws_connect_contact_flow.transfer.contact_flow_id
}

data "aws_connect_contact_flow_module" "by_id" {
  instance_id            = local.centre
  contact_flow_module_id = aws_connect_contact_flow_module.greeting.contact_flow_module_id
}

data "aws_connect_contact_flow_module" "by_name" {
  instance_id = local.centre
  name        = aws_connect_contact_flow_module.greeting.name
  depends_on  = [aws_connect_contact_flow_module.greeting]
}

data "aws_connect_user" "by_name" {
  instance_id = local.centre
  name        = aws_connect_user.agent["agent-42"].name
}

data "aws_connect_user" "by_id" {
  instance_id = local.centre
  user_id     = aws_connect_user.agent["agent-43"].user_id
}

data "aws_connect_quick_connect" "by_name" {
  instance_id = local.centre
  name        = aws_connect_quick_connect.sales.name
}

data "aws_connect_quick_connect" "by_id" {
  instance_id      = local.centre
  quick_connect_id = aws_connect_quick_connect.phone.quick_connect_id
}

# What the data sources see: a plan that finds anything else is not empty.
output "seen" {
  value = {
    instances         = [data.aws_connect_instance.by_alias.id, data.aws_connect_instance.by_id.id]
    outbound_calls    = data.aws_connect_instance.by_id.outbound_calls_enabled
    contact_lens      = data.aws_connect_instance.by_id.contact_lens_enabled
    levels            = data.aws_connect_user_hierarchy_structure.centre.hierarchy_structure
    paths             = [data.aws_connect_user_hierarchy_group.by_name.hierarchy_path, data.aws_connect_user_hierarchy_group.by_id.hierarchy_path]
    permissions       = data.aws_connect_security_profile.by_id.permissions
    agent_permissions = data.aws_connect_security_profile.agent.permissions
    hours             = [data.aws_connect_hours_of_operation.basic.config, data.aws_connect_hours_of_operation.by_id.config]
    queues            = [data.aws_connect_queue.basic.status, data.aws_connect_queue.by_id.status]
    routing           = [data.aws_connect_routing_profile.basic.queue_configs, data.aws_connect_routing_profile.by_id.queue_configs]
    flows             = [data.aws_connect_contact_flow.default.type, data.aws_connect_contact_flow.by_id.content]
    modules           = [data.aws_connect_contact_flow_module.by_name.arn, data.aws_connect_contact_flow_module.by_id.content]
    users             = [data.aws_connect_user.by_name.identity_info, data.aws_connect_user.by_id.phone_config]
    quick_connects    = [data.aws_connect_quick_connect.by_name.quick_connect_config, data.aws_connect_quick_connect.by_id.quick_connect_config]
  }
}

# What the test deletes behind Terraform's back.
output "ids" {
  value = {
    instance      = local.centre
    agent         = aws_connect_user.agent["agent-17"].user_id
    empty_group   = aws_connect_user_hierarchy_group.empty.hierarchy_group_id
    quick_connect = aws_connect_quick_connect.sales.quick_connect_id
    flow          = aws_connect_contact_flow.to_queue.contact_flow_id
    queue         = aws_connect_queue.support.queue_id
    module        = aws_connect_contact_flow_module.greeting.contact_flow_module_id
  }
}
