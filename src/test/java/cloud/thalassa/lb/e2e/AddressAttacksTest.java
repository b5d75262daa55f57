package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the API server takes from a tenant gets it no address but its own, and keeps none from
 * others.
 */
class AddressAttacksTest {
  private static final String KEPT = "198.51.100.65";
  private static final String SHARED = "198.51.100.73";
  private static final String NEXT = "198.51.100.74";
  private static Tenant victim;
  private static Tenant tenant;
  private static String before;

  @BeforeAll
  static void begin() {
    Platform.get();
    victim = new Tenant("victim");
    victim.withoutPods();
    tenant = new Tenant("poacher");
    tenant.withoutPods();
    victim.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Subnet
        metadata: {name: guarded}
        spec:
          addressPools: [198.51.100.64/30]
          allowedNamespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Subnet
        metadata: {name: open}
        spec: {addressPools: [198.51.100.72/30]}
        """
            .formatted(victim.namespace));
    victim.apply(loadBalancer("kept", on("guarded", KEPT)));
    victim.apply(loadBalancer("shared", on("open", SHARED)));
    awaitAddress(victim, "kept", KEPT);
    awaitAddress(victim, "shared", SHARED);
    before = victims();
  }

  @AfterAll
  static void end() {
    victim.close();
    tenant.close();
  }

  @AfterEach
  void theVictimHasWhatItHad() {
    assertThat(victims()).isEqualTo(before);
  }

  @Test
  void aSubnetThatIsNotOpenToIt() {
    tenant.apply(loadBalancer("guest", on("guarded", "")));
    assertThat(refused("guest", "SubnetNotAllowed"))
        .contains("guarded is not open to namespace " + tenant.namespace);
    tenant.apply(loadBalancer("guest", on("guarded", KEPT)));
    refused("guest", "SubnetNotAllowed");
    assertThat(tenant.get(Service.class, "lb-guest")).isNull();
    tenant.delete(LoadBalancer.class, "guest");
  }

  @Test
  void anAddressThatAnotherHas() {
    tenant.apply(loadBalancer("thief", on("open", SHARED)));
    assertThat(refused("thief", "AddressNotAvailable"))
        .contains(SHARED + " of Subnet open is taken")
        .doesNotContain(victim.namespace, "shared");
    tenant.delete(LoadBalancer.class, "thief");
  }

  @Test
  void anAddressOfAnotherPool() {
    tenant.apply(loadBalancer("poacher", on("open", "198.51.100.66")));
    assertThat(refused("poacher", "AddressNotAvailable"))
        .contains("198.51.100.66 is in no pool of Subnet open");
    tenant.delete(LoadBalancer.class, "poacher");
  }

  /** The role {@code edit} may not write it, but one with everything in the namespace may. */
  @Test
  void aStatusThatRemembersWhatNeverWas() {
    var free = "198.51.100.66";
    tenant.apply(loadBalancer("liar", "replicas: 1"));
    tenant.awaitCondition(LoadBalancer.class, "liar", "Accepted", "True", "Accepted");
    lie("guarded", KEPT, free);
    tenant.apply(loadBalancer("liar", "replicas: 2"));
    victim.apply(loadBalancer("second", on("guarded", "")));
    awaitAddress(victim, "second", free);
    await("the status says what is")
        .atMost(Tenant.PATIENCE)
        .until(() -> addresses(tenant, "liar").isEmpty());
    assertThat(ingress(tenant, "lb-liar")).isEmpty();

    tenant.apply(loadBalancer("liar", on("open", NEXT)));
    awaitAddress(tenant, "liar", NEXT);
    lie("open", SHARED);
    tenant.apply(loadBalancer("liar", on("open", SHARED)));
    assertThat(refused("liar", "AddressNotAvailable")).contains("is taken");
    assertThat(ingress(tenant, "lb-liar")).containsExactly(NEXT);
    awaitAddress(tenant, "liar", NEXT);

    tenant.delete(LoadBalancer.class, "liar");
    victim.delete(LoadBalancer.class, "second");
    awaitFree(NEXT);
    awaitFree(free);
  }

  private static void lie(String subnet, String... addresses) {
    var ips =
        Stream.of(addresses)
            .map("{'ip': '%s', 'ipMode': 'VIP'}"::formatted)
            .collect(Collectors.joining(", "));
    patch(
        "lb/liar",
        "{'status': {'subnet': '%s', 'addresses': [%s]}}".formatted(subnet, ips),
        "--subresource=status",
        "--type=merge");
  }

  private static void patch(String object, String json, String... options) {
    var command = new ArrayList<>(List.of("patch", object, "-n", tenant.namespace));
    command.addAll(List.of(options));
    command.addAll(List.of("-p", json.replace('\'', '"')));
    tenant.cluster.kubectl(command.toArray(String[]::new));
  }

  /** It would keep what nobody counts any more, or share it with whoever gets it next. */
  @Test
  void aServiceThatOutlivesItsLoadBalancer() {
    tenant.apply(loadBalancer("squatter", on("open", NEXT)));
    awaitAddress(tenant, "squatter", NEXT);
    victim.apply(loadBalancer("waiting", on("open", NEXT)));
    victim.awaitCondition(
        LoadBalancer.class, "waiting", "Accepted", "False", "AddressNotAvailable");

    tenant
        .client
        .resources(LoadBalancer.class)
        .inNamespace(tenant.namespace)
        .withName("squatter")
        .withPropagationPolicy(DeletionPropagation.ORPHAN)
        .delete();
    patch(
        "service/lb-squatter",
        "[{'op': 'remove', 'path': '/metadata/labels'},"
            + " {'op': 'replace', 'path': '/metadata/managedFields', 'value': [{}]}]",
        "--type=json");

    awaitAddress(victim, "waiting", NEXT);
    assertThat(ingress(tenant, "lb-squatter")).isEmpty();
    tenant.delete(Service.class, "lb-squatter");
    victim.delete(LoadBalancer.class, "waiting");
    awaitFree(NEXT);
  }

  @Test
  void aServiceThatLooksLikeOurs() {
    tenant.apply(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: lb-ghost
          labels: {lb.thalassa.cloud/load-balancer: ghost, app.kubernetes.io/managed-by: operator.lb.thalassa.cloud}
        spec:
          type: LoadBalancer
          loadBalancerClass: lb.thalassa.cloud/address-pool
          loadBalancerIP: %1$s
          externalIPs: [192.0.2.1]
          ports: [{name: http, port: 80}]
        """
            .formatted(NEXT));
    victim.apply(loadBalancer("passing", on("open", NEXT)));
    awaitAddress(victim, "passing", NEXT);
    victim.delete(LoadBalancer.class, "passing");
    awaitFree(NEXT);
    assertThat(ingress(tenant, "lb-ghost")).isEmpty();

    tenant.apply(loadBalancer("ghost", on("open", NEXT)));
    awaitAddress(tenant, "ghost", NEXT);
    tenant.delete(LoadBalancer.class, "ghost");
    awaitFree(NEXT);
  }

  private static String victims() {
    var claims =
        List.of(KEPT, SHARED).stream()
            .map(name -> victim.client.resources(AddressClaim.class).withName(name).get())
            .map(claim -> claim.getMetadata().getUid() + " " + claim.getSpec())
            .toList();
    return claims
        + " "
        + List.of(ingress(victim, "lb-kept"), ingress(victim, "lb-shared"))
        + List.of(addresses(victim, "kept"), addresses(victim, "shared"));
  }

  private static String loadBalancer(String name, String spec) {
    return """
    apiVersion: lb.thalassa.cloud/v1alpha1
    kind: LoadBalancer
    metadata: {name: %s}
    spec: {%s}
    """
        .formatted(name, spec);
  }

  private static String on(String subnet, String address) {
    return "subnetRef: {name: %s}, addresses: [%s]".formatted(subnet, address);
  }

  private static String refused(String name, String reason) {
    return tenant.awaitCondition(LoadBalancer.class, name, "Accepted", "False", reason);
  }

  private static void awaitAddress(Tenant whose, String name, String address) {
    await(address + " for LoadBalancer " + name)
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .until(() -> addresses(whose, name), List.of(address)::equals);
  }

  private static void awaitFree(String address) {
    await(address + " is free")
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .until(() -> victim.client.resources(AddressClaim.class).withName(address).get() == null);
  }

  private static List<String> addresses(Tenant whose, String name) {
    var status = whose.get(LoadBalancer.class, name).getStatus();
    return status == null ? List.of() : status.addresses().stream().map(Address::ip).toList();
  }

  private static List<String> ingress(Tenant whose, String service) {
    return whose.get(Service.class, service).getStatus().getLoadBalancer().getIngress().stream()
        .map(LoadBalancerIngress::getIp)
        .toList();
  }
}
