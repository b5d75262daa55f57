package cloud.thalassa.lb.operator.directory;

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
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
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
import org.jspecify.annotations.Nullable;

/** A directory, what its user does there, and what its operator makes of it. */
final class OperatorDirectory {
  static final String WEB =
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
  static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web-1, labels: {app: web}}
      status: {phase: Running, podIP: 127.0.0.2}
      """;

  private final Path root;
  private final AtomicInteger ready = new AtomicInteger();
  private @Nullable DirectoryOperator operator;

  OperatorDirectory(Path root) throws IOException {
    this.root = root;
    Files.createDirectory(root.resolve("objects"));
  }

  void start() {
    operator = DirectoryOperator.start(root, ready::incrementAndGet);
  }

  void stop() {
    if (operator != null) {
      operator.close();
    }
  }

  /** How often the operator said that all is bound. */
  AtomicInteger ready() {
    return ready;
  }

  void write(String name, String text) throws IOException {
    var file = root.resolve("objects").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  void delete(String name) throws IOException {
    Files.delete(root.resolve("objects").resolve(name));
  }

  void reportServing() throws IOException {
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
            null,
            List.of(new ListenerReport("default/web", 0, null))));
    new DocumentFiles(root.resolve("compiled")).write(report);
  }

  List<String> boundBy(String loadBalancer) {
    return documents(ForwardingConfig.class).stream()
        .filter(config -> config.getMetadata().getName().equals(loadBalancer))
        .flatMap(config -> config.getSpec().addresses().stream())
        .toList();
  }

  List<Integer> listenerPorts() {
    return documents(ForwardingConfig.class).stream()
        .flatMap(config -> config.getSpec().listeners().stream())
        .map(ForwardingConfigSpec.Entry::port)
        .toList();
  }

  List<String> memberAddresses() {
    return documents(EndpointSlice.class).stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .sorted()
        .toList();
  }

  <T extends HasMetadata> List<T> documents(Class<T> type) {
    return new DocumentFiles(root.resolve("compiled")).list(type, (file, e) -> {});
  }

  <T extends HasMetadata> List<T> statuses(Class<T> type) {
    return new DocumentFiles(root.resolve("status")).list(type, (file, e) -> {});
  }

  Condition accepted(Class<? extends HasMetadata> type, String name) {
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
