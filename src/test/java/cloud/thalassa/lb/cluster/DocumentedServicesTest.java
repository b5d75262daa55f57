package cloud.thalassa.lb.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.traffic.Load;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Services of type LoadBalancer as they are written for Thalassa Cloud's controller, unchanged, on
 * addresses that are none of the cluster's own.
 */
class DocumentedServicesTest {
  private static final Cluster CLUSTER = Cluster.get();
  private static final String WITHOUT_CLASS = "THALASSA_SERVICES_WITHOUT_CLASS";
  private static final String SUBNET =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Subnet
      metadata: {name: e2e-services}
      spec: {default: true, addressPools: [10.87.60.0/27]}
      """;

  /** Of the networks that examples/annotations/access.yaml lets in everywhere. */
  private static final String OFFICE = "10.89.0.7";

  /** That it lets in at one port more. */
  private static final String ADMINISTRATOR = "10.88.0.1";

  private static Tenant tenant;

  @BeforeAll
  static void applyTheExamples() {
    CLUSTER.assumeOurs();
    Installation.get().setOperator(WITHOUT_CLASS + "=true");
    CLUSTER.loadImage(Load.image());
    CLUSTER.client().resource(SUBNET).serverSideApply();
    tenant = CLUSTER.tenant("services");
    tenant.apply(pods());
    var examples = KubeTools.REPOSITORY.resolve("examples/annotations").toString();
    CLUSTER.kubectl("apply", "-n", tenant.namespace(), "-f", examples);
  }

  @AfterAll
  static void end() {
    if (tenant != null) {
      CLUSTER.enterThrough(CLUSTER.nodes().getFirst());
      CLUSTER.kubectl("delete", "services", "--all", "-n", tenant.namespace());
      tenant.close();
      patiently("nobody is on the Subnet any more")
          .ignoreExceptions()
          .until(() -> CLUSTER.kubectl("delete", "subnet", "e2e-services"), _ -> true);
      Installation.get().setOperator(WITHOUT_CLASS + "-");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "shop-mixed", "shop-checked", "shop-office", "shop-proxied"})
  void whatTheDocumentationWritesGetsAnAddressAndTraffic(String service) {
    awaitReady(service);
    var address = enter(service);
    assertThat(address).startsWith("10.87.60.");
    assertThat(ingress(service).getIpMode()).isEqualTo("Proxy");
    int port = get(service).getSpec().getPorts().getFirst().getPort();
    assertThat(answer(OFFICE, address, port)).first().asString().startsWith("shop-");
  }

  @Test
  void tcpAndUdpShareAPort() {
    awaitReady("shop-mixed");
    var address = enter("shop-mixed");
    assertThat(answer(OFFICE, address, 443)).hasSize(2).last().isEqualTo("hello");
    assertThat(answered(() -> Talk.udp(OFFICE, address, 443))).matches("shop-\\S+ \\S+ hello\n");
  }

  @Test
  void aPodSeesTheClientInAProxyHeader() {
    awaitReady("shop-proxied");
    var address = enter("shop-proxied");
    var said = answer(OFFICE, address, 80);
    assertThat(said).hasSize(3);
    assertThat(said.get(1)).startsWith("PROXY TCP4 " + OFFICE + " ");
    assertThat(said.get(2)).isEqualTo("hello");
  }

  @Test
  void whoIsOnNoListIsRefused() {
    awaitReady("shop-office");
    var address = enter("shop-office");
    assertThat(answer(OFFICE, address, 80)).hasSize(2);
    assertThat(answer(OFFICE, address, 8443)).hasSize(2);
    assertThat(answer(ADMINISTRATOR, address, 8443)).hasSize(2);
    assertThat(isRefused(ADMINISTRATOR, address, 80)).isTrue();
  }

  @Test
  void aPodReachesTheAddressToo() {
    awaitReady("shop");
    var address = ingress("shop").getIp();
    for (var pod : CLUSTER.awaitPods(tenant.namespace(), Map.of("app", "shop"), 2)) {
      var ask = "exec 3<>/dev/tcp/%s/80 && head -n 1 <&3".formatted(address);
      assertThat(
              answered(() -> CLUSTER.process(pod).place().run("timeout", "3", "bash", "-c", ask)))
          .startsWith("shop-");
    }
  }

  @Test
  void whoWantsNoLoadBalancerOfOursAnyMoreHasNothingOfIt() {
    tenant.apply(passing("type: LoadBalancer"));
    awaitReady("passing");
    assertThat(made("passing")).contains("svc-passing", "svc-passing-tcp-80", "lb-svc-passing");
    assertThat(claims("svc-passing")).isNotBlank();

    tenant.apply(passing("type: ClusterIP"));
    awaitNothingOf("passing");
    assertThat(get("passing").getMetadata().getFinalizers()).isEmpty();
    assertThat(get("passing").getStatus().getConditions()).isEmpty();
    assertThat(ingress("passing")).isNull();

    tenant.apply(passing("type: LoadBalancer, loadBalancerClass: example.com/other"));
    tenant.apply(passing("type: LoadBalancer").replace("passing", "later"));
    awaitReady("later");
    assertThat(ingress("passing")).isNull();
    assertThat(made("passing")).isEmpty();

    for (var service : List.of("passing", "later")) {
      CLUSTER.kubectl("delete", "service", service, "-n", tenant.namespace());
      awaitNothingOf(service);
    }
  }

  private static String passing(String type) {
    return """
    apiVersion: v1
    kind: Service
    metadata:
      name: passing
      annotations: {loadbalancer.k8s.thalassa.cloud/create-security-group: "true"}
    spec: {%s, selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
    """
        .formatted(type);
  }

  private static String pods() {
    try (var file = DocumentedServicesTest.class.getResourceAsStream("/services/shop.yaml")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(String service) {
    patiently("Service " + service + " is Ready")
        .until(
            () -> get(service).getStatus().getConditions(),
            conditions ->
                conditions.stream()
                    .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True")));
  }

  /** The address of a Service, to which what is outside comes through a node with a replica. */
  private static String enter(String service) {
    var replica = tenant.dataplanes("svc-" + service, 2).getFirst();
    CLUSTER.enterThrough(CLUSTER.node(replica.getSpec().getNodeName()));
    return ingress(service).getIp();
  }

  private static List<String> answer(String from, String address, int port) {
    return answered(() -> Talk.tcp(from, address, port));
  }

  /** The first answer may come a moment after Ready: kube-proxy of a node follows on its own. */
  private static <T> T answered(Callable<T> ask) {
    return patiently("an answer")
        .ignoreExceptions()
        .until(ask, answer -> !answer.equals(List.of()));
  }

  private static boolean isRefused(String from, String address, int port) {
    try {
      return Talk.tcp(from, address, port).isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  private static Service get(String service) {
    return tenant.get(Service.class, service);
  }

  private static LoadBalancerIngress ingress(String service) {
    var status = get(service).getStatus().getLoadBalancer();
    return status == null || status.getIngress().isEmpty() ? null : status.getIngress().getFirst();
  }

  private static void awaitNothingOf(String service) {
    patiently("nothing is left of " + service)
        .until(() -> made(service).isEmpty() && claims("svc-" + service).isBlank());
  }

  /** Names of what is there because of a Service, in its namespace. */
  private static List<String> made(String service) {
    var ours = names("lb,lbl,tg,sg", "lb.thalassa.cloud/service=" + service);
    var children =
        names(
            "deployments,services,endpointslices,pods,forwardingconfigs,serviceaccounts",
            "lb.thalassa.cloud/load-balancer=svc-" + service);
    return (ours + children).lines().map(it -> it.replaceFirst(".*/", "")).toList();
  }

  private static String names(String kinds, String label) {
    return CLUSTER.kubectl("get", kinds, "-n", tenant.namespace(), "-l", label, "-o", "name");
  }

  private static String claims(String loadBalancer) {
    var path = "{.items[?(@.spec.loadBalancer.name==\"%s\")].metadata.name}";
    return CLUSTER.kubectl(
        "get", "addressclaims", "-o", "jsonpath=" + path.formatted(loadBalancer));
  }

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(Duration.ofMinutes(3));
  }
}
