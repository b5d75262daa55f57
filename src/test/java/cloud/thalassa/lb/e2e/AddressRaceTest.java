package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.e2e.kube.Cluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two hundred load balancers at once want a hundred addresses, and two operators that know nothing
 * of each other, because their Leases lie in different namespaces, give them away.
 */
class AddressRaceTest {
  private static final int MANY = 200;
  private static final int ADDRESSES = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String RIVAL = "rival";
  private static Tenant tenant;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("race");
    tenant.withoutPods();
    startRival();
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Subnet
        metadata: {name: crowded}
        spec: {addressPools: [198.18.0.1-198.18.0.100]}
        """);
  }

  @AfterAll
  static void end() {
    tenant.client.apps().deployments().inNamespace(Platform.NAMESPACE).withName(RIVAL).delete();
    tenant.close();
  }

  /** The same Deployment with another place for its Lease. */
  private static void startRival() {
    var client = Cluster.get().client();
    tenant.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: rival}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
        subjects: [{kind: ServiceAccount, name: operator, namespace: thalassa-system}]
        """);
    var deployments = client.apps().deployments().inNamespace(Platform.NAMESPACE);
    var labels = Map.of(Platform.COMPONENT, RIVAL);
    var rival =
        new DeploymentBuilder(deployments.withName("operator").get())
            .withNewMetadata()
            .withNamespace(Platform.NAMESPACE)
            .withName(RIVAL)
            .endMetadata()
            .withStatus(null)
            .editSpec()
            .withReplicas(1)
            .withNewSelector()
            .withMatchLabels(labels)
            .endSelector()
            .editTemplate()
            .editMetadata()
            .withLabels(labels)
            .endMetadata()
            .editSpec()
            .withTopologySpreadConstraints()
            .editFirstContainer()
            .removeMatchingFromEnv(env -> env.getName().equals("THALASSA_NAMESPACE"))
            .addToEnv(new EnvVar("THALASSA_NAMESPACE", tenant.namespace, null))
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client.resource(rival).create();
    await("the rival leads")
        .atMost(PATIENCE)
        .until(
            () -> client.leases().inNamespace(tenant.namespace).list().getItems(),
            leases -> !leases.isEmpty());
  }

  @Test
  void nobodySharesAndEverybodyIsServedOrTold() {
    try (var threads = Executors.newFixedThreadPool(8)) {
      IntStream.range(0, MANY).forEach(i -> threads.execute(() -> create("lb-" + i)));
    }
    await("half of them have an address, half are told why not")
        .atMost(PATIENCE)
        .untilAsserted(AddressRaceTest::assertHalfAndHalf);

    var before = byName();
    var waiting = before.values().stream().filter(lb -> addresses(lb).isEmpty()).toList();
    var oldest = waiting.stream().min(AGE).orElseThrow().getMetadata().getName();
    var lucky = before.values().stream().filter(lb -> !addresses(lb).isEmpty()).toList();
    var freed = addresses(lucky.getFirst()).getFirst();
    tenant.delete(LoadBalancer.class, lucky.getFirst().getMetadata().getName());
    await("the freed address goes to the oldest that waits")
        .atMost(PATIENCE)
        .until(() -> addresses(byName().get(oldest)), List.of(freed)::equals);
    var after = byName();
    assertThat(all(after)).hasSize(ADDRESSES).doesNotHaveDuplicates();
    lucky.stream()
        .skip(1)
        .forEach(
            lb ->
                assertThat(addresses(after.get(lb.getMetadata().getName())))
                    .as("nobody else's address changed")
                    .isEqualTo(addresses(lb)));
  }

  private static final Comparator<LoadBalancer> AGE =
      Comparator.<LoadBalancer, String>comparing(lb -> lb.getMetadata().getCreationTimestamp())
          .thenComparing(lb -> lb.getMetadata().getName());

  private static void assertHalfAndHalf() {
    var now = byName();
    assertThat(all(now)).hasSize(ADDRESSES).doesNotHaveDuplicates();
    var told =
        now.values().stream()
            .filter(lb -> lb.getStatus() != null)
            .flatMap(lb -> lb.getStatus().conditions().stream())
            .filter(it -> it.getType().equals("Accepted") && it.getStatus().equals("False"))
            .toList();
    assertThat(told).hasSize(MANY - ADDRESSES);
    assertThat(told).extracting(Condition::getReason).containsOnly("AddressNotAvailable");
    assertThat(told)
        .extracting(Condition::getMessage)
        .allSatisfy(it -> assertThat(it).contains("Subnet crowded has no free IPv4 address"));
    var claims = tenant.client.resources(AddressClaim.class).list().getItems();
    assertThat(claims)
        .filteredOn(claim -> claim.getSpec().subnet().equals("crowded"))
        .hasSize(ADDRESSES)
        .extracting(claim -> claim.getSpec().loadBalancer().name())
        .doesNotHaveDuplicates();
  }

  private static void create(String name) {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: %s}
        spec: {replicas: 1, subnetRef: {name: crowded}}
        """
            .formatted(name));
  }

  private static Map<String, LoadBalancer> byName() {
    return tenant
        .client
        .resources(LoadBalancer.class)
        .inNamespace(tenant.namespace)
        .list()
        .getItems()
        .stream()
        .collect(Collectors.toMap(lb -> lb.getMetadata().getName(), Function.identity()));
  }

  private static List<String> all(Map<String, LoadBalancer> loadBalancers) {
    return loadBalancers.values().stream().flatMap(lb -> addresses(lb).stream()).toList();
  }

  private static List<String> addresses(LoadBalancer lb) {
    return lb.getStatus() == null
        ? List.of()
        : lb.getStatus().addresses().stream().map(Address::ip).toList();
  }
}
