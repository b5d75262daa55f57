package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.e2e.traffic.Client;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More than one object of a cluster has room for is said, and what serves goes on serving. */
class DocumentSizeTest {
  private static final int GROUPS = 16;
  private static final int RULES = 200;
  private static Tenant tenant;
  private static TargetPod pod;
  private static String address;

  @BeforeAll
  static void apply() {
    Platform.get();
    tenant = new Tenant("document-size");
    pod = tenant.pod("web-1", "{app: web}", 8080);
    tenant.apply(loadBalancer(""));
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}}
        """);
    tenant.apply(listener("web", 80, ""));
    IntStream.range(0, 10).forEach(i -> tenant.apply(listener("wide-" + i, 90 + i, sources(256))));
    IntStream.range(0, GROUPS).forEach(i -> tenant.apply(group(i)));
    address = tenant.dataplane("web");
    tenant.awaitReady("web", "wide-9");
  }

  @AfterAll
  static void end() {
    tenant.close();
    pod.close();
  }

  @Test
  void rulesThatAreTooManyAreSaidAndWhatServesGoesOn() throws Exception {
    var before = tenant.revision("web");
    tenant.apply(loadBalancer(list(GROUPS, i -> "{name: %s}".formatted(nameOfGroup(i)))));
    assertThat(
            tenant.awaitCondition(
                LoadBalancer.class, "web", "Programmed", "False", "LimitExceeded"))
        .contains("in 3200 rules of security groups", "at most 1,500,000", "use fewer rules");
    tenant.awaitReady("web");

    tenant.apply(listener("later", 81, ""));
    assertThat(
            tenant.awaitCondition(Listener.class, "later", "Programmed", "False", "LimitExceeded"))
        .contains("is served as it was before");
    assertThatIOException().isThrownBy(() -> Client.ask(address, 81));
    assertThat(Client.ask(address, 80)).isEqualTo("web-1");
    assertThat(tenant.revision("web")).isEqualTo(before);

    try (var late = tenant.pod("web-2", "{app: web}", 8080)) {
      await("pods are followed all the same")
          .atMost(Tenant.PATIENCE)
          .until(() -> Client.ask(address, 80), "web-2"::equals);
      late.delete();
    }

    tenant.apply(loadBalancer(""));
    tenant.awaitReady("later");
    assertThat(Client.ask(address, 81)).isEqualTo("web-1");
    tenant.awaitCondition(LoadBalancer.class, "web", "Ready", "True", "Ready");
  }

  /** The room that the operator counts with is there, and not much more. */
  @Test
  void theClusterTakesWhatTheOperatorWritesAndNoMore() {
    tenant.apply(document("fits", 1_500_000));
    tenant.delete(ForwardingConfig.class, "fits");
    assertThatThrownBy(() -> tenant.apply(document("too-large", 1_600_000)))
        .hasMessageContaining("request is too large");
    assertThatThrownBy(() -> tenant.apply(document("larger", 2_200_000)))
        .hasMessageContaining("message larger than max");
  }

  private static String document(String name, int bytes) {
    var rest = "{'formatVersion':1,'revision':'x','addresses':['']}";
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: ForwardingConfig
        metadata: {name: %s}
        spec: {formatVersion: 1, revision: x, addresses: [%s]}
        """
        .formatted(name, "a".repeat(bytes - rest.length()));
  }

  private static String loadBalancer(String groups) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1, securityGroupRefs: [%s]}
        """
        .formatted(groups);
  }

  private static String listener(String name, int port, String sources) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec:
          loadBalancerRef: {name: web}
          protocol: TCP
          port: %d
          targetGroupRef: {name: web}
          allowedSources: [%s]
        """
        .formatted(name, port, sources);
  }

  private static String group(int number) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: SecurityGroup
        metadata: {name: %s}
        spec: {ingress: [%s]}
        """
        .formatted(nameOfGroup(number), list(RULES, DocumentSizeTest::rule));
  }

  private static String rule(int number) {
    return "{name: %s, priority: 100, action: Allow, ports: {from: 10000, to: 20000}, sources: [%s]}"
        .formatted(long63("rule-%03d-".formatted(number)), sources(5));
  }

  private static String nameOfGroup(int number) {
    return long63("group-%02d-".formatted(number));
  }

  /** As long as a name may be. */
  private static String long63(String prefix) {
    return prefix + "x".repeat(63 - prefix.length());
  }

  private static String sources(int count) {
    return list(count, "'2001:db8:ffff:ffff:ffff:ffff:ffff:f%03x/128'"::formatted);
  }

  private static String list(int count, IntFunction<String> entry) {
    return IntStream.range(0, count).mapToObj(entry).collect(Collectors.joining(", "));
  }
}
