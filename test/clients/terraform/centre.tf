# A contact centre as a platform team describes it. `stage` 2 changes whatever can be changed without a new resource.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "endpoint" {
  type = string
}

variable "stage" {
  type = number
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  skip_region_validation      = true

  endpoints {
    connect = var.endpoint
  }

  default_tags {
    tags = {
      managed = "terraform"
    }
  }
}

locals {
  first = var.stage == 1
  tags  = { stage = tostring(var.stage) }
  users = { for number in range(1, 51) : format("agent-%02d", number) => number }
}

resource "aws_connect_instance" "centre" {
  identity_management_type         = "CONNECT_MANAGED"
  instance_alias                   = "terraformed"
  inbound_calls_enabled            = true
  outbound_calls_enabled           = local.first
  contact_flow_logs_enabled        = !local.first
  contact_lens_enabled             = local.first
  early_media_enabled              = local.first
  auto_resolve_best_voices_enabled = local.first
  multi_party_conference_enabled   = !local.first
  tags                             = local.tags
}

resource "aws_connect_instance" "saml" {
  identity_management_type = "SAML"
  instance_alias           = "terraformed-saml"
  inbound_calls_enabled    = true
  outbound_calls_enabled   = true
}

resource "aws_connect_instance" "directory" {
  identity_management_type = "EXISTING_DIRECTORY"
  directory_id             = "d-926726f57a"
  inbound_calls_enabled    = true
  outbound_calls_enabled   = true

  lifecycle {
    # Connect does not tell it, so that an import would replace the instance.
    ignore_changes = [directory_id]
  }
}

resource "aws_connect_user_hierarchy_structure" "centre" {
  instance_id = aws_connect_instance.centre.id

  hierarchy_structure {
    level_one {
      name = "Country"
    }
    level_two {
      name = local.first ? "Site" : "City"
    }
    dynamic "level_three" {
      for_each = local.first ? [] : ["Team"]
      content {
        name = level_three.value
      }
    }
  }
}

resource "aws_connect_user_hierarchy_group" "country" {
  instance_id = aws_connect_instance.centre.id
  name        = local.first ? "Germany" : "Deutschland"
  tags        = local.tags
  depends_on  = [aws_connect_user_hierarchy_structure.centre]
}

resource "aws_connect_user_hierarchy_group" "site" {
  instance_id     = aws_connect_instance.centre.id
  name            = "Köln"
  parent_group_id = aws_connect_user_hierarchy_group.country.hierarchy_group_id

  lifecycle {
    # The provider does not read it, so that an import would replace the group.
    ignore_changes = [parent_group_id]
  }
}

resource "aws_connect_user_hierarchy_group" "empty" {
  instance_id     = aws_connect_instance.centre.id
  name            = "Bonn"
  parent_group_id = aws_connect_user_hierarchy_group.country.hierarchy_group_id

  lifecycle {
    # The provider does not read it, so that an import would replace the group.
    ignore_changes = [parent_group_id]
  }
}

resource "aws_connect_security_profile" "lead" {
  instance_id = aws_connect_instance.centre.id
  name        = "Team lead"
  description = local.first ? "Sees users" : "Sees and changes users"
  permissions = local.first ? ["BasicAgentAccess", "Users.View"] : ["BasicAgentAccess", "Users.Edit", "Users.View"]
  tags        = local.tags
}

resource "aws_connect_hours_of_operation" "office" {
  instance_id = aws_connect_instance.centre.id
  name        = local.first ? "Office hours" : "Longer office hours"
  description = "From ${local.first ? 9 : 8} o'clock"
  time_zone   = local.first ? "Europe/Berlin" : "Europe/Paris"
  tags        = local.tags

  dynamic "config" {
    for_each = ["MONDAY", "TUESDAY", "FRIDAY"]
    content {
      day = config.value
      start_time {
        hours   = local.first ? 9 : 8
        minutes = 30
      }
      end_time {
        hours   = 17
        minutes = 0
      }
    }
  }
}

resource "aws_connect_contact_flow" "transfer" {
  instance_id = aws_connect_instance.centre.id
  name        = local.first ? "To a colleague" : "To another colleague"
  description = "Stage ${var.stage}"
  type        = "AGENT_TRANSFER"
  tags        = local.tags
  content     = local.content
}

resource "aws_connect_contact_flow" "to_queue" {
  instance_id = aws_connect_instance.centre.id
  name        = "To a queue"
  type        = "QUEUE_TRANSFER"
  content     = local.content
}

resource "aws_connect_contact_flow_module" "greeting" {
  instance_id = aws_connect_instance.centre.id
  name        = local.first ? "Greeting" : "Welcome"
  description = "Stage ${var.stage}"
  tags        = local.tags
  content = jsonencode({
    Version     = "2019-10-30"
    StartAction = "say"
    Actions = [
      { Identifier = "say", Type = "MessageParticipant", Parameters = { Text = "Hello ${var.stage}" }, Transitions = {
        NextAction = "end", Errors = [{ NextAction = "end", ErrorType = "NoMatchingError" }], Conditions = []
      } },
      { Identifier = "end", Type = "DisconnectParticipant", Parameters = {}, Transitions = {} },
    ]
    Settings = {
      InputParameters  = []
      OutputParameters = []
      Transitions = [
        { DisplayName = "Success", ReferenceName = "Success", Description = "" },
        { DisplayName = "Error", ReferenceName = "Error", Description = "" },
      ]
    }
  })
}

locals {
  content = jsonencode({
    Version     = "2019-10-30"
    StartAction = "say"
    Actions = [
      { Identifier = "say", Type = "MessageParticipant", Parameters = { Text = "Stage ${var.stage}" }, Transitions = {
        NextAction = "end", Errors = [{ NextAction = "end", ErrorType = "NoMatchingError" }], Conditions = []
      } },
      { Identifier = "end", Type = "DisconnectParticipant", Parameters = {}, Transitions = {} },
    ]
  })
}

resource "aws_connect_queue" "support" {
  instance_id           = aws_connect_instance.centre.id
  name                  = local.first ? "Support" : "Better support"
  description           = "Stage ${var.stage}"
  hours_of_operation_id = aws_connect_hours_of_operation.office.hours_of_operation_id
  max_contacts          = var.stage * 10
  status                = local.first ? "ENABLED" : "DISABLED"
  tags                  = local.tags
  quick_connect_ids = local.first ? [aws_connect_quick_connect.phone.quick_connect_id] : [
    aws_connect_quick_connect.phone.quick_connect_id, aws_connect_quick_connect.colleague.quick_connect_id,
  ]

  outbound_caller_config {
    outbound_caller_id_name = "Support ${var.stage}"
  }
}

resource "aws_connect_queue" "sales" {
  instance_id           = aws_connect_instance.centre.id
  name                  = "Sales"
  description           = "Sales"
  hours_of_operation_id = aws_connect_hours_of_operation.office.hours_of_operation_id
}

resource "aws_connect_routing_profile" "all_round" {
  instance_id               = aws_connect_instance.centre.id
  name                      = local.first ? "All-round" : "All-rounder"
  description               = "Stage ${var.stage}"
  default_outbound_queue_id = local.first ? aws_connect_queue.sales.queue_id : data.aws_connect_queue.basic.queue_id
  tags                      = local.tags

  media_concurrencies {
    channel     = "VOICE"
    concurrency = 1
  }
  media_concurrencies {
    channel     = "CHAT"
    concurrency = local.first ? 2 : 5
  }

  dynamic "queue_configs" {
    for_each = local.first ? { VOICE = 1, CHAT = 2 } : { VOICE = 3 }
    content {
      channel  = queue_configs.key
      delay    = queue_configs.value * 10
      priority = queue_configs.value
      queue_id = aws_connect_queue.sales.queue_id
    }
  }
}

resource "aws_connect_user" "agent" {
  for_each    = local.users
  instance_id = aws_connect_instance.centre.id
  name        = each.key
  password    = "Agent-Password-${each.value}"

  routing_profile_id = (local.first ? data.aws_connect_routing_profile.basic.routing_profile_id
  : aws_connect_routing_profile.all_round.routing_profile_id)
  security_profile_ids = toset(concat(
    [data.aws_connect_security_profile.agent.security_profile_id],
    local.first ? [] : [aws_connect_security_profile.lead.security_profile_id],
  ))
  hierarchy_group_id = local.first && each.value > 25 ? null : aws_connect_user_hierarchy_group.site.hierarchy_group_id
  tags               = local.tags

  identity_info {
    first_name      = "Zoë ${each.value}"
    last_name       = local.first ? "Before" : "After"
    email           = "agent${each.value}@example.com"
    secondary_email = local.first ? null : "second${each.value}@example.com"
  }

  phone_config {
    phone_type                    = local.first ? "SOFT_PHONE" : "DESK_PHONE"
    auto_accept                   = local.first
    after_contact_work_time_limit = var.stage * 15
    desk_phone_number             = local.first ? null : "+12065550100"
  }

  lifecycle {
    # No API tells a password, so that it would be set again after an import by making the user anew.
    ignore_changes = [password]
  }
}

resource "aws_connect_quick_connect" "phone" {
  instance_id = aws_connect_instance.centre.id
  name        = local.first ? "Front desk" : "Reception"
  description = "Stage ${var.stage}"
  tags        = local.tags

  quick_connect_config {
    quick_connect_type = "PHONE_NUMBER"
    phone_config {
      phone_number = local.first ? "+12065550101" : "+12065550102"
    }
  }
}

resource "aws_connect_quick_connect" "colleague" {
  instance_id = aws_connect_instance.centre.id
  name        = "A colleague"

  quick_connect_config {
    quick_connect_type = "USER"
    user_config {
      contact_flow_id = aws_connect_contact_flow.transfer.contact_flow_id
      user_id         = aws_connect_user.agent["agent-01"].user_id
    }
  }
}

resource "aws_connect_quick_connect" "sales" {
  instance_id = aws_connect_instance.centre.id
  name        = "Sales"

  quick_connect_config {
    quick_connect_type = "QUEUE"
    queue_config {
      contact_flow_id = aws_connect_contact_flow.to_queue.contact_flow_id
      queue_id        = aws_connect_queue.sales.queue_id
    }
  }
}
