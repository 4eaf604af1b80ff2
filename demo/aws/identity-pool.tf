# The AWS resources of personalize-beacon besides an event tracker: an identity pool whose guests may put events, and
# nothing else. The same as identity-pool.yaml.

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 4.0"
    }
  }
}

variable "tracking_id" {
  description = "The ID of the event tracker, which is in the provider's region."
  type        = string

  validation {
    condition     = length(var.tracking_id) >= 1 && length(var.tracking_id) <= 256
    error_message = "The ID of an event tracker has 1-256 characters."
  }
}

variable "action_tracking_id" {
  description = "The ID of the tracker for actions, if you track them. Guests may then put action interactions too."
  type        = string
  default     = ""
}

variable "identity_pool_name" {
  description = "The pool's name in the console."
  type        = string
  default     = "personalize-beacon"
}

variable "script_url" {
  description = "The address of personalize.js on the site."
  type        = string
  default     = "/personalize.js"
}

locals {
  region     = split(":", aws_cognito_identity_pool.guests.id)[0]
  of_actions = var.action_tracking_id == "" ? "" : " data-action-tracking-id=\"${var.action_tracking_id}\""
}

resource "aws_cognito_identity_pool" "guests" {
  identity_pool_name               = var.identity_pool_name
  allow_unauthenticated_identities = true
  # In the enhanced flow, AWS limits guests by a policy of its own, whatever their role allows.
  allow_classic_flow = false
}

resource "aws_iam_role" "guest" {
  name_prefix = "personalize-beacon-"
  description = "Visitors of a site, who may put events and nothing else."
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "cognito-identity.amazonaws.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals             = { "cognito-identity.amazonaws.com:aud" = aws_cognito_identity_pool.guests.id }
        "ForAnyValue:StringLike" = { "cognito-identity.amazonaws.com:amr" = "unauthenticated" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "put_events" {
  name = "put-events"
  role = aws_iam_role.guest.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = var.action_tracking_id == "" ? "personalize:PutEvents" : ["personalize:PutEvents", "personalize:PutActionInteractions"]
      # The service answers AccessDenied to the tracker's ARN.
      Resource = "*"
    }]
  })
}

resource "aws_cognito_identity_pool_roles_attachment" "guests" {
  identity_pool_id = aws_cognito_identity_pool.guests.id
  roles            = { unauthenticated = aws_iam_role.guest.arn }
}

output "data_tracking_id" {
  description = "data-tracking-id"
  value       = var.tracking_id
}

output "data_action_tracking_id" {
  description = "data-action-tracking-id"
  value       = var.action_tracking_id == "" ? null : var.action_tracking_id
}

output "data_identity_pool_id" {
  description = "data-identity-pool-id"
  value       = aws_cognito_identity_pool.guests.id
}

output "data_region" {
  description = "data-region"
  value       = local.region
}

output "tag" {
  description = "The whole tag."
  value       = "<script async src=\"${var.script_url}\" data-tracking-id=\"${var.tracking_id}\"${local.of_actions} data-identity-pool-id=\"${aws_cognito_identity_pool.guests.id}\" data-region=\"${local.region}\"></script>"
}
