package cloud.thalassa.lb.operator.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.DataplaneReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec;
import cloud.thalassa.lb.crds.DataplaneReportSpec.ListenerReport;
import cloud.thalassa.lb.crds.DataplaneReportSpec.Phase;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.operator.StartupException;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryOperatorTest {
  private static final String WEB =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: LoadBalancer
      metadata: {name: web}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Listener
      metadata: {name: web}
      spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 8080, targetGroupRef: {name: web}}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: TargetGroup
      metadata: {name: web}
      spec: {protocol: TCP, port: 80, selector: {matchLabels: {app: web}}}
      """;
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web-1, labels: {app: web}}
      status: {phase: Running, podIP: 127.0.0.2}
      """;

  private static final String SUBNET =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Subnet
      metadata: {name: pool}
      spec: {default: true, addressPools: [%s]}
      """;

  @TempDir Path root;

  private final AtomicInteger ready = new AtomicInteger();
  private DirectoryOperator operator;

  @BeforeEach
  void objects() throws IOException {
    Files.createDirectory(root.resolve("objects"));
  }

  @AfterEach
  void stop() {
    if (operator != null) {
      operator.close();
    }
  }

  @Test
  void compilesWhatLiesThere() throws Exception {
    write("web.yaml", WEB);
    write("pods/web-1.yml", POD);
    start();

    await().untilAsserted(() -> assertThat(listenerPorts()).containsExactly(8080));
    assertThat(memberAddresses()).containsExactly("127.0.0.2");
    await()
        .untilAsserted(
            () -> assertThat(accepted(Listener.class, "web").getStatus()).isEqualTo("True"));
  }

  @Test
  void followsChangesAndDeletions() throws Exception {
    write("web.yaml", WEB);
    write("pod.yaml", POD);
    start();
    await().untilAsserted(() -> assertThat(memberAddresses()).containsExactly("127.0.0.2"));

    write("pod.yaml", POD.replace("127.0.0.2", "127.0.0.3"));
    write("web.yaml", WEB.replace("8080", "8081"));
    await().untilAsserted(() -> assertThat(memberAddresses()).containsExactly("127.0.0.3"));
    await().untilAsserted(() -> assertThat(listenerPorts()).containsExactly(8081));

    Files.delete(root.resolve("objects/pod.yaml"));
    await().untilAsserted(() -> assertThat(memberAddresses()).isEmpty());

    Files.delete(root.resolve("objects/web.yaml"));
    await().untilAsserted(() -> assertThat(documents(ForwardingConfig.class)).isEmpty());
    await().untilAsserted(() -> assertThat(documents(EndpointSlice.class)).isEmpty());
    await().untilAsserted(() -> assertThat(statuses(Listener.class)).isEmpty());
  }

  @Test
  void bindsAddressesOfPoolsAndKeepsThem() throws Exception {
    var pool = SUBNET.formatted("127.0.0.5-127.0.0.6");
    write("subnet.yaml", pool);
    write("web.yaml", WEB);
    write("y.yaml", loadBalancer("old") + "---\n" + loadBalancer("young"));
    start();
    await().untilAsserted(() -> assertThat(boundBy("web")).containsExactly("127.0.0.5"));
    await().untilAsserted(() -> assertThat(boundBy("old")).containsExactly("127.0.0.6"));
    await()
        .untilAsserted(
            () ->
                assertThat(accepted(LoadBalancer.class, "young").getMessage())
                    .contains("Subnet pool has no free IPv4 address"));
    await()
        .untilAsserted(
            () ->
                assertThat(statuses(Subnet.class))
                    .extracting(it -> it.getStatus().allocated(), it -> it.getStatus().available())
                    .containsExactly(tuple(2L, 0L)));

    operator.close();
    write("a.yaml", loadBalancer("a")); // older, by the order of the files
    start();
    await().untilAsserted(() -> assertThat(statuses(LoadBalancer.class)).hasSize(4));
    assertThat(boundBy("web")).containsExactly("127.0.0.5");

    Files.delete(root.resolve("objects/web.yaml"));
    await().untilAsserted(() -> assertThat(boundBy("a")).containsExactly("127.0.0.5"));
    assertThat(documents(AddressClaim.class)).hasSize(2);
  }

  @Test
  void withoutASubnetNothingIsAllocated() throws Exception {
    write("web.yaml", WEB);
    start();
    await().untilAsserted(() -> assertThat(listenerPorts()).containsExactly(8080));
    assertThat(boundBy("web")).isEmpty();
    assertThat(documents(AddressClaim.class)).isEmpty();
  }

  @Test
  void theLastValidVersionStaysInService() throws Exception {
    write("web.yaml", WEB);
    start();
    await().untilAsserted(() -> assertThat(listenerPorts()).containsExactly(8080));

    write("web.yaml", WEB.replace("port: 8080", "port: 80800"));

    await()
        .untilAsserted(
            () -> {
              var accepted = accepted(Listener.class, "web");
              assertThat(accepted.getStatus()).isEqualTo("False");
              assertThat(accepted.getReason()).isEqualTo("Invalid");
              assertThat(accepted.getMessage())
                  .contains(
                      "objects/web.yaml:8: spec.port: 80800 should be less than or equal to 65535")
                  .contains("the last valid version stays in service");
            });
    assertThat(listenerPorts()).containsExactly(8080);

    write("web.yaml", WEB.replace("port: 8080", "port: 8081"));
    await().untilAsserted(() -> assertThat(listenerPorts()).containsExactly(8081));
    await()
        .untilAsserted(
            () -> assertThat(accepted(Listener.class, "web").getStatus()).isEqualTo("True"));
  }

  @Test
  void aSecurityGroupIsFollowedAndWhoLosesItIsOpenToNobody() throws Exception {
    write(
        "web.yaml",
        WEB.replace(
            "{name: web}\n---", "{name: web}\nspec: {securityGroupRefs: [{name: office}]}\n---"));
    var group =
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: SecurityGroup
        metadata: {name: office}
        spec: {ingress: [{name: all, priority: 100, action: Allow, sources: [10.0.0.0/8]}]}
        """;
    write("group.yaml", group);
    start();
    await().untilAsserted(() -> assertThat(ruleSources()).containsExactly("10.0.0.0/8"));
    await()
        .untilAsserted(
            () ->
                assertThat(statuses(SecurityGroup.class))
                    .singleElement()
                    .satisfies(
                        office ->
                            assertThat(office.getStatus().loadBalancers().names())
                                .containsExactly("web")));

    write("group.yaml", group.replace("10.0.0.0/8", "10.0.0.1/8"));
    await()
        .untilAsserted(
            () ->
                assertThat(accepted(SecurityGroup.class, "office").getReason())
                    .isEqualTo("Invalid"));
    assertThat(ruleSources()).containsExactly("10.0.0.0/8");

    write("group.yaml", group.replace("10.0.0.0/8", "11.0.0.0/8"));
    await().untilAsserted(() -> assertThat(ruleSources()).containsExactly("11.0.0.0/8"));

    Files.delete(root.resolve("objects/group.yaml"));
    await().untilAsserted(() -> assertThat(ruleSources()).isEmpty());
    assertThat(listenerPorts()).containsExactly(8080);
  }

  private List<String> ruleSources() {
    return documents(ForwardingConfig.class).stream()
        .flatMap(config -> config.getSpec().securityRules().stream())
        .flatMap(rule -> rule.sources().stream())
        .toList();
  }

  @Test
  void aChangedImmutableFieldIsRefused() throws Exception {
    write("web.yaml", WEB);
    start();
    await().untilAsserted(() -> assertThat(listenerPorts()).containsExactly(8080));

    write("web.yaml", WEB.replace("protocol: TCP, port: 8080", "protocol: UDP, port: 8080"));

    await()
        .untilAsserted(
            () ->
                assertThat(accepted(Listener.class, "web").getMessage())
                    .contains("protocol is immutable"));
    assertThat(listenerPorts()).containsExactly(8080);
  }

  @Test
  void anUnreadableFileKeepsWhatWasInIt() throws Exception {
    write("web.yaml", WEB);
    write("pod.yaml", POD);
    start();
    await().untilAsserted(() -> assertThat(memberAddresses()).containsExactly("127.0.0.2"));

    write("web.yaml", "kind: [");
    write("other.yaml", POD.replace("web-1", "web-2").replace("127.0.0.2", "127.0.0.3"));

    await()
        .untilAsserted(
            () -> assertThat(memberAddresses()).containsExactly("127.0.0.2", "127.0.0.3"));
    assertThat(listenerPorts()).containsExactly(8080);
  }

  @Test
  void anObjectThatWasNeverValidHasAStatusToo() throws Exception {
    write("tg.yaml", WEB.substring(WEB.lastIndexOf("---")).replace("port: 80", "port: 0"));
    start();

    await()
        .untilAsserted(
            () -> {
              var accepted = accepted(TargetGroup.class, "web");
              assertThat(accepted.getReason()).isEqualTo("Invalid");
              assertThat(accepted.getMessage())
                  .contains("tg.yaml:5: spec.port: port must be 1..65535");
            });
  }

  @Test
  void isReadyOnceEveryAcceptedListenerIsBound() throws Exception {
    write("web.yaml", WEB);
    start();
    await().untilAsserted(() -> assertThat(listenerPorts()).containsExactly(8080));
    assertThat(ready).hasValue(0);

    reportServing();

    await().untilAsserted(() -> assertThat(ready).hasValue(1));
    reportServing();
    write("web.yaml", WEB.replace("8080", "8081"));
    await().untilAsserted(() -> assertThat(listenerPorts()).containsExactly(8081));
    assertThat(ready).hasValue(1);
  }

  @Test
  void removesDocumentsOfAnEarlierProcess() throws Exception {
    write("web.yaml", WEB);
    write("pod.yaml", POD);
    start();
    await().untilAsserted(() -> assertThat(memberAddresses()).isNotEmpty());
    operator.close();
    Files.delete(root.resolve("objects/web.yaml"));

    start();

    await().untilAsserted(() -> assertThat(documents(ForwardingConfig.class)).isEmpty());
    await().untilAsserted(() -> assertThat(documents(EndpointSlice.class)).isEmpty());
    await().untilAsserted(() -> assertThat(statuses(Listener.class)).isEmpty());
  }

  @Test
  void aDirectoryHasOneOperator() {
    start();

    assertThatThrownBy(() -> DirectoryOperator.start(root, () -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            root + " is in use by another operator: end that one first, or use another directory");
  }

  @Test
  void saysWhatADirectoryMustHold() {
    var empty = root.resolve("nothing");

    assertThatThrownBy(() -> DirectoryOperator.start(empty, () -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessage(empty + " has no directory named objects: put the manifests there");
  }

  private void start() {
    operator = DirectoryOperator.start(root, ready::incrementAndGet);
  }

  private void write(String name, String text) throws IOException {
    var file = root.resolve("objects").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void reportServing() throws IOException {
    var config = documents(ForwardingConfig.class).getFirst();
    var report = new DataplaneReport();
    report.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("default")
            .withName("web")
            .withLabels(Map.of(Api.LOAD_BALANCER_LABEL, "web"))
            .build());
    report.setSpec(
        new DataplaneReportSpec(
            config.getSpec().revision(),
            Phase.SERVING,
            null,
            0,
            List.of(new ListenerReport("default/web", 0, null))));
    new DocumentFiles(root.resolve("compiled")).write(report);
  }

  private static String loadBalancer(String name) {
    return """
    apiVersion: lb.thalassa.cloud/v1alpha1
    kind: LoadBalancer
    metadata: {name: %s}
    """
        .formatted(name);
  }

  private List<String> boundBy(String loadBalancer) {
    return documents(ForwardingConfig.class).stream()
        .filter(config -> config.getMetadata().getName().equals(loadBalancer))
        .flatMap(config -> config.getSpec().addresses().stream())
        .toList();
  }

  private List<Integer> listenerPorts() {
    return documents(ForwardingConfig.class).stream()
        .flatMap(config -> config.getSpec().listeners().stream())
        .map(ForwardingConfigSpec.Entry::port)
        .toList();
  }

  private List<String> memberAddresses() {
    return documents(EndpointSlice.class).stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .sorted()
        .toList();
  }

  private <T extends HasMetadata> List<T> documents(Class<T> type) {
    return new DocumentFiles(root.resolve("compiled")).list(type, (file, e) -> {});
  }

  private <T extends HasMetadata> List<T> statuses(Class<T> type) {
    return new DocumentFiles(root.resolve("status")).list(type, (file, e) -> {});
  }

  private Condition accepted(Class<? extends HasMetadata> type, String name) {
    var object =
        statuses(type).stream().filter(o -> o.getMetadata().getName().equals(name)).findFirst();
    var conditions =
        switch (object.orElseThrow(AssertionError::new)) {
          case Listener listener -> listener.getStatus().conditions();
          case LoadBalancer it -> it.getStatus().conditions();
          case SecurityGroup group -> group.getStatus().conditions();
          case TargetGroup group -> group.getStatus().conditions();
          default -> List.<Condition>of();
        };
    return conditions.stream()
        .filter(c -> c.getType().equals("Accepted"))
        .findFirst()
        .orElseThrow(AssertionError::new);
  }
}
