package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** One of several operators works. */
class LeadershipTest {
  private final Platform platform = Platform.get();

  @Test
  void whoEndsGivesTheLeaseAway() {
    platform.scale("operator", 2);
    try {
      var before = platform.lease().getSpec();
      var leader = before.getHolderIdentity();
      platform.client().pods().inNamespace(Platform.NAMESPACE).withName(platform.leader()).delete();
      var after = awaitLeader(holder -> !holder.equals(leader)).getSpec();
      assertThat(after.getAcquireTime())
          .as("taken before it ran out")
          .isBefore(before.getRenewTime().plusSeconds(before.getLeaseDurationSeconds()));
    } finally {
      platform.scale("operator", 1);
    }
  }

  @Test
  void whoLosesTheLeaseWorksAgainWhenItIsFree() {
    var pod = platform.pod("operator");
    awaitLeader(holder -> holder.startsWith(pod));
    lease()
        .edit(
            taken -> {
              taken.getSpec().setHolderIdentity("somebody");
              taken.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
              return taken;
            });
    awaitLeader(holder -> holder.startsWith(pod));
    try (var tenant = new Tenant("leadership")) {
      tenant.withoutPods();
      tenant.apply(
          """
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: LoadBalancer
          metadata: {name: web}
          spec: {scheme: Internal}
          """);
      tenant.awaitCondition(LoadBalancer.class, "web", "Accepted", "True", "Accepted");
    }
    assertThat(platform.pods("operator")).as("the same process").containsExactly(pod);
  }

  private Lease awaitLeader(Predicate<String> holder) {
    return await("a leader")
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .until(
            platform::lease,
            now ->
                now.getSpec().getHolderIdentity() != null
                    && holder.test(now.getSpec().getHolderIdentity()));
  }

  private Resource<Lease> lease() {
    return platform
        .client()
        .resources(Lease.class)
        .inNamespace(Platform.NAMESPACE)
        .withName("thalassa-lb-operator");
  }
}
