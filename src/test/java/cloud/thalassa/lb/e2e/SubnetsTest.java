package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerStatus.Address;
import cloud.thalassa.lb.crds.Subnet;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Load balancers get addresses of pools, and keep them. The pods are of no concern here. */
class SubnetsTest {
  private static Tenant tenant;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("subnets");
    tenant.withoutPods();
  }

  @AfterAll
  static void end() {
    tenant.close();
  }

  @Test
  void anAddressIsServedByTheServiceAndSurvivesEverythingButTheLoadBalancer() {
    subnet("lasting", "addressPools: [203.0.113.0/29], zones: [zone-a, zone-b]");
    tenant.apply(loadBalancer("lasting", "subnetRef: {name: lasting}"));
    assertThat(awaitAddresses("lasting")).containsExactly("203.0.113.1");
    assertThat(ingress("lasting"))
        .extracting(LoadBalancerIngress::getIp, LoadBalancerIngress::getIpMode)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("203.0.113.1", "VIP"));
    assertThat(zones("lasting")).containsExactly("zone-a", "zone-b");
    assertThat(tenant.get(LoadBalancer.class, "lasting").getStatus().subnet()).isEqualTo("lasting");

    var platform = Platform.get();
    platform.kill("operator");
    tenant.delete(Service.class, "lb-lasting");
    tenant.delete(Deployment.class, "lb-lasting");
    tenant.apply(loadBalancer("later", "subnetRef: {name: lasting}"));
    platform.restart("operator");

    assertThat(awaitAddresses("later")).containsExactly("203.0.113.2");
    await("the Service comes back with its address")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ingress("lasting"))
                    .extracting(LoadBalancerIngress::getIp)
                    .containsExactly("203.0.113.1"));
    tenant.client.resources(AddressClaim.class).withName("203.0.113.1").delete();
    await("the claim is made again")
        .atMost(Tenant.PATIENCE)
        .until(() -> claim("203.0.113.1"), found -> found != null);
    assertThat(awaitAddresses("lasting")).containsExactly("203.0.113.1");

    tenant.delete(LoadBalancer.class, "lasting");
    await("the address is free")
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .until(() -> claim("203.0.113.1") == null);
    var left = tenant.get(Service.class, "lb-lasting");
    assertThat(left == null ? List.of() : left.getStatus().getLoadBalancer().getIngress())
        .as("nothing serves it")
        .isEmpty();
  }

  @Test
  void aLoadBalancerThatIsWrittenAnewWhileNobodyLooksKeepsItsAddress() {
    subnet("restored", "addressPools: [203.0.113.72/29]");
    tenant.apply(loadBalancer("restored", "subnetRef: {name: restored}"));
    assertThat(awaitAddresses("restored")).containsExactly("203.0.113.73");
    var platform = Platform.get();
    platform.kill("operator");
    tenant.delete(LoadBalancer.class, "restored");
    tenant.apply(loadBalancer("restored", "subnetRef: {name: restored}"));
    platform.restart("operator");
    assertThat(awaitAddresses("restored")).containsExactly("203.0.113.73");
    assertThat(claim("203.0.113.73").getSpec().loadBalancer().uid())
        .isEqualTo(tenant.get(LoadBalancer.class, "restored").getMetadata().getUid());
  }

  @Test
  void aSubnetInUseIsNotDeletedAndAFreeOneIs() {
    subnet("kept", "addressPools: [203.0.113.16/29]");
    tenant.apply(loadBalancer("kept", "subnetRef: {name: kept}"));
    awaitAddresses("kept");
    await("the Subnet says that it is in use")
        .atMost(Tenant.PATIENCE)
        .until(() -> get("kept").getStatus(), it -> it != null && it.loadBalancers() == 1);
    assertThat(get("kept").getStatus().allocated()).isEqualTo(1);
    assertThat(get("kept").getStatus().available()).isEqualTo(5);
    assertThatThrownBy(() -> tenant.client.resource(get("kept")).delete())
        .hasMessageContaining("Subnet kept is in use: 1 load balancers are on it");
    tenant.delete(LoadBalancer.class, "kept");
    await("the Subnet can go")
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .ignoreExceptions()
        .until(() -> !tenant.client.resource(get("kept")).delete().isEmpty());
  }

  @Test
  void whoGetsNoAddressIsToldWhyUntilItCanBeHelped() {
    tenant.apply(loadBalancer("lost", "subnetRef: {name: nowhere-yet}"));
    assertThat(refused("lost", "SubnetNotFound")).contains("there is no Subnet nowhere-yet");
    assertThat(tenant.get(Deployment.class, "lb-lost")).as("pods would serve nobody").isNull();
    subnet(
        "nowhere-yet",
        "addressPools: [203.0.113.32/30], allowedNamespaces: {matchLabels: {tenant: gold}}");
    assertThat(refused("lost", "SubnetNotAllowed")).contains("is not open to namespace");
    label("gold");
    assertThat(awaitAddresses("lost")).containsExactly("203.0.113.33");

    tenant.apply(loadBalancer("wrong-scheme", "scheme: Internal, subnetRef: {name: nowhere-yet}"));
    assertThat(refused("wrong-scheme", "SubnetNotAllowed")).contains("scheme Internal");
    tenant.apply(
        loadBalancer("taken", "subnetRef: {name: nowhere-yet}, addresses: [203.0.113.33]"));
    assertThat(refused("taken", "AddressNotAvailable"))
        .contains("203.0.113.33 of Subnet nowhere-yet is taken by LoadBalancer")
        .contains("/lost");
    tenant.apply(loadBalancer("outside", "subnetRef: {name: nowhere-yet}, addresses: [192.0.2.1]"));
    assertThat(refused("outside", "AddressNotAvailable")).contains("203.0.113.32/30");
    tenant.apply(loadBalancer("outside", "subnetRef: {name: nowhere-yet}"));
    assertThat(awaitAddresses("outside")).containsExactly("203.0.113.34");
    tenant.apply(loadBalancer("late", "subnetRef: {name: nowhere-yet}"));
    assertThat(refused("late", "AddressNotAvailable")).contains("no free IPv4 address");
    tenant.delete(LoadBalancer.class, "outside");
    assertThat(awaitAddresses("late")).containsExactly("203.0.113.34");
    label("silver");
    assertThat(refused("late", "SubnetNotAllowed")).contains("is not open");
    assertThat(ingress("late")).as("it keeps what it has").hasSize(1);
  }

  @Test
  void aPoolThatShrinksLeavesNobodyWithoutItsAddress() {
    subnet("shrinking", "addressPools: [203.0.113.48/29]");
    tenant.apply(loadBalancer("shrinking", "subnetRef: {name: shrinking}"));
    awaitAddresses("shrinking");
    subnet("shrinking", "addressPools: [203.0.113.52/30]");
    await("the Subnet tells")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get("shrinking").getStatus().conditions())
                    .filteredOn(it -> it.getType().equals("AddressesInPools"))
                    .extracting(Condition::getStatus, Condition::getReason)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("False", "AddressesOutsidePools")));
    assertThat(awaitAddresses("shrinking")).containsExactly("203.0.113.49");
    assertThat(ingress("shrinking")).hasSize(1);
  }

  @Test
  void aLoadBalancerMovesToAnotherSubnetAndGivesItsAddressBack() {
    subnet("from", "addressPools: [203.0.113.64/30]");
    subnet("to", "addressPools: [203.0.113.68/30]");
    subnet("metal", "service: {loadBalancerClass: example.com/metal, annotations: {a: b}}");
    tenant.apply(loadBalancer("nomad", "subnetRef: {name: from}"));
    assertThat(awaitAddresses("nomad")).containsExactly("203.0.113.65");
    tenant.apply(loadBalancer("nomad", "subnetRef: {name: to}"));
    await("the new address")
        .atMost(Tenant.PATIENCE)
        .until(() -> addresses("nomad"), List.of("203.0.113.69")::equals);
    await("the old address is free")
        .atMost(Tenant.PATIENCE)
        .until(() -> claim("203.0.113.65") == null);
    tenant.apply(loadBalancer("nomad", "subnetRef: {name: metal}"));
    await("the Service of the other class")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> tenant.get(Service.class, "lb-nomad"),
            it -> it != null && "example.com/metal".equals(it.getSpec().getLoadBalancerClass()));
    assertThat(tenant.get(Service.class, "lb-nomad").getMetadata().getAnnotations())
        .containsEntry("a", "b");
    await("the pool's address is free")
        .atMost(Tenant.PATIENCE)
        .until(() -> claim("203.0.113.69") == null);
  }

  private static void label(String value) {
    tenant
        .client
        .namespaces()
        .withName(tenant.namespace)
        .edit(
            namespace -> {
              namespace.getMetadata().setLabels(Map.of("tenant", value));
              return namespace;
            });
  }

  static void subnet(String name, String spec) {
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Subnet
        metadata: {name: %s}
        spec: {%s}
        """
            .formatted(name, spec));
  }

  private static Subnet get(String name) {
    return tenant.client.resources(Subnet.class).withName(name).get();
  }

  private static AddressClaim claim(String name) {
    return tenant.client.resources(AddressClaim.class).withName(name).get();
  }

  private static String loadBalancer(String name, String spec) {
    return """
    apiVersion: lb.thalassa.cloud/v1alpha1
    kind: LoadBalancer
    metadata: {name: %s}
    spec: {replicas: 1, %s}
    """
        .formatted(name, spec);
  }

  private static String refused(String name, String reason) {
    return tenant.awaitCondition(LoadBalancer.class, name, "Accepted", "False", reason);
  }

  private static List<String> awaitAddresses(String name) {
    return await("an address of LoadBalancer " + name)
        .atMost(Tenant.PATIENCE.multipliedBy(2))
        .until(() -> addresses(name), found -> !found.isEmpty());
  }

  private static List<String> addresses(String name) {
    var status = tenant.get(LoadBalancer.class, name).getStatus();
    return status == null ? List.of() : status.addresses().stream().map(Address::ip).toList();
  }

  private static List<LoadBalancerIngress> ingress(String name) {
    return tenant.get(Service.class, "lb-" + name).getStatus().getLoadBalancer().getIngress();
  }

  private static List<String> zones(String name) {
    return tenant
        .get(Deployment.class, "lb-" + name)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getAffinity()
        .getNodeAffinity()
        .getRequiredDuringSchedulingIgnoredDuringExecution()
        .getNodeSelectorTerms()
        .getFirst()
        .getMatchExpressions()
        .getFirst()
        .getValues();
  }
}
