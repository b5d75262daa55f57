package cloud.thalassa.lb.scale;

import static cloud.thalassa.lb.scale.Row.say;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.e2e.Figures;
import cloud.thalassa.lb.e2e.kube.Cluster;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Figures of many Services of type LoadBalancer for {@code docs/benchmarks.md}: a real API server
 * and one operator. Not a test: it asserts nothing, and runs only when it is asked for by name.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServicesMeasurement {
  private static final int SERVICES = Integer.getInteger("scale.services", 1000);
  private static final int OF_A_NAMESPACE = 10;
  private static final int CHANGES = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int OPERATOR_PORT = 9000;
  private static final String IDLE =
      "loadbalancer.k8s.thalassa.cloud/idle-connection-timeout"; // reaches the documents as it is

  private static Cluster cluster;
  private static Measured operator;
  private static SharedIndexInformer<ForwardingConfig> documents;

  @BeforeAll
  static void start() {
    cluster = Cluster.ofObjects();
    var base = KubeTools.REPOSITORY.resolve("k8s/base").toString();
    cluster.kubectl("apply", "--server-side", "-k", base);
    operator = Measured.start(cluster, "operator", "operator-1", OPERATOR_PORT);
    documents =
        await("the kinds are served")
            .ignoreExceptions()
            .until(
                () -> cluster.client().resources(ForwardingConfig.class).inAnyNamespace().inform(),
                Objects::nonNull);
    IntStream.range(0, SERVICES / OF_A_NAMESPACE).forEach(ServicesMeasurement::createNamespace);
  }

  @AfterAll
  static void end() {
    documents.stop();
    operator.end();
  }

  @Test
  @Order(1)
  void created() {
    var writes = Writes.soFar(cluster.client());
    var from = System.nanoTime();
    IntStream.range(0, SERVICES)
        .parallel()
        .forEach(n -> cluster.client().resource(service(n)).create());
    say("Services created", "%.1f s", (System.nanoTime() - from) / 1e9);
    await("documents of every Service").atMost(PATIENCE).until(() -> written() == SERVICES);
    say("and all their documents", "%.1f s", (System.nanoTime() - from) / 1e9);
    var written = Writes.settled(cluster.client()).since(writes);
    say("API writes per Service", "%.1f", written.total() / SERVICES);
    System.out.println("| written | " + written.byResource() + " |");
    say("operator: CPU", "%.1f s", operator.cpu().toMillis() / 1e3);
    memory();
  }

  @Test
  @Order(2)
  void changed() {
    var figures = new Figures("an annotation of a Service to its document");
    var writes = Writes.soFar(cluster.client());
    for (var n = 0; n < CHANGES; n++) {
      var service = service(n * (SERVICES / CHANGES));
      var seconds = 100 + n;
      var from = System.nanoTime();
      cluster
          .client()
          .resource(service)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\":{\"annotations\":{\"%s\":\"%d\"}}}".formatted(IDLE, seconds));
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> idle(service) == seconds);
      figures.add(from, System.nanoTime());
    }
    System.out.println(figures);
    say(
        "API writes per change",
        "%.2f",
        Writes.settled(cluster.client()).since(writes).total() / CHANGES);
  }

  @Test
  @Order(3)
  void startedAgain() {
    operator.end();
    operator = Measured.start(cluster, "operator", "operator-1", OPERATOR_PORT);
    var reconciled = "reconciliations_success_total{controller_name=\"service\"";
    var all = operator.millisUntil(reconciled, SERVICES);
    say("operator: start to all Services reconciled", "%.1f s", all / 1e3);
    memory();
  }

  private static void createNamespace(int number) {
    cluster
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("tenant-" + number)
                .endMetadata()
                .build())
        .create();
  }

  private static Service service(int number) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("tenant-" + number / OF_A_NAMESPACE)
        .withName("web-" + number)
        .endMetadata()
        .withNewSpec()
        .withType("LoadBalancer")
        .withLoadBalancerClass("lb.thalassa.cloud/loadbalancer")
        .withAllocateLoadBalancerNodePorts(false)
        .addToSelector("app", "web-" + number)
        .addNewPort()
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  private static long written() {
    return documents.getStore().list().stream()
        .filter(config -> !config.getSpec().listeners().isEmpty())
        .count();
  }

  private static int idle(Service service) {
    var metadata = service.getMetadata();
    var config =
        documents.getStore().getByKey(metadata.getNamespace() + "/svc-" + metadata.getName());
    return config.getSpec().listeners().getFirst().idleTimeoutSeconds();
  }

  private static void memory() {
    say("operator: resident", "%d MiB", operator.residentMiB());
    say("operator: live heap", "%d MiB", operator.liveHeapMiB());
  }
}
