# The same with Terraform. The provider is that of Thalassa Cloud, unchanged; `api` is the only difference.
# terraform apply -var api=https://lb.example -var token=tc_pat_... -var organisation=acme
terraform {
  required_providers {
    thalassa = { source = "thalassa-cloud/thalassa" }
  }
}

variable "api" {} # with https its certificate must be one that this machine trusts: the provider cannot be told to trust another
variable "token" { sensitive = true }
variable "organisation" {}
variable "region" { default = "local" } # the slug: THALASSA_REGION_SLUG of lb-api
variable "vpc" {}                       # slugs or names of what is there already
variable "subnet" {}
variable "machines" { type = set(string) }

provider "thalassa" {
  api             = var.api
  token           = var.token
  organisation_id = var.organisation
}

data "thalassa_vpc" "this" { name = var.vpc }

data "thalassa_subnet" "this" {
  name   = var.subnet
  vpc_id = data.thalassa_vpc.this.id
}

resource "thalassa_target_group" "web" {
  name                  = "web"
  vpc_id                = data.thalassa_vpc.this.id
  protocol              = "tcp"
  port                  = 30080
  health_check_protocol = "tcp" # both written out, or the next plan shows a difference
  health_check_port     = 30080
  health_check_interval = 5
  health_check_timeout  = 2
}

resource "thalassa_target_group_attachment" "web" {
  for_each        = var.machines
  target_group_id = thalassa_target_group.web.id
  vmi_id          = each.value
}

resource "thalassa_loadbalancer" "web" {
  name      = "web"
  subnet_id = data.thalassa_subnet.this.id
  region    = var.region
}

resource "thalassa_loadbalancer_listener" "http" {
  loadbalancer_id = thalassa_loadbalancer.web.id
  name            = "http"
  protocol        = "tcp"
  port            = 80
  target_group_id = thalassa_target_group.web.id
}

output "address" { value = thalassa_loadbalancer.web.ip_address }
