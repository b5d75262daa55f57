package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.ApiConfig;
import cloud.thalassa.lb.api.tenant.Organisation;
import cloud.thalassa.lb.api.translate.Quota;
import jakarta.enterprise.context.ApplicationScoped;

/** How many of a thing an organisation may have: what the platform has said, or what is set. */
@ApplicationScoped
class Limits {
  private final ApiConfig.Quotas quotas;

  Limits(ApiConfig config) {
    this.quotas = config.quotas();
  }

  long of(Quota quota, Organisation organisation) {
    var said = organisation.quotas().get(quota.word());
    return said != null
        ? said
        : switch (quota) {
          case LOAD_BALANCERS -> quotas.loadbalancers();
          case VPCS -> quotas.vpcs();
          case SUBNETS -> quotas.subnets();
          case RESERVED_IPS -> quotas.reservedIps();
        };
  }
}
