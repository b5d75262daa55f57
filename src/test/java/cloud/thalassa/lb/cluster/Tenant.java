package cloud.thalassa.lb.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A namespace of its own, in which Pod Security {@code restricted} is enforced. */
public final class Tenant implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Cluster cluster;
  private final KubernetesClient client;
  private final String namespace;

  Tenant(Cluster cluster, String purpose) {
    this.cluster = cluster;
    this.client = cluster.client();
    this.namespace =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName(purpose + "-")
                    .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    await("the namespace's ServiceAccount")
        .until(
            () ->
                client.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
  }

  public String namespace() {
    return namespace;
  }

  /** Ends what it costs; nobody waits for it. */
  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
  }

  public void apply(String yaml) {
    var stream = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    for (var object : client.load(stream).items()) {
      client
          .resource(object)
          .inNamespace(namespace)
          .fieldManager("user")
          .forceConflicts()
          .serverSideApply();
    }
  }

  /** The example of the README, with the tests' own image. */
  public void applyExample() {
    try {
      var yaml = Files.readString(KubeTools.REPOSITORY.resolve("examples/kubernetes/web.yaml"));
      apply(yaml.replaceAll("image: .*", "image: localhost/thalassa-lb/web:test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public <T extends HasMetadata> T get(Class<T> kind, String name) {
    return client.resources(kind).inNamespace(namespace).withName(name).get();
  }

  public void delete(Class<? extends HasMetadata> kind, String name) {
    client.resources(kind).inNamespace(namespace).withName(name).delete();
  }

  /** Waits until the listeners say that they serve. */
  public void awaitReady(String... listeners) {
    for (var name : listeners) {
      await("Listener " + name + " is Ready")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var status = get(Listener.class, name).getStatus();
                assertThat(status).as("status of Listener " + name).isNotNull();
                assertThat(status.conditions())
                    .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
              });
    }
  }

  /** The Ready dataplane pods of a load balancer, once there are that many. */
  public List<Pod> dataplanes(String loadBalancer, int count) {
    return cluster.awaitPods(namespace, Map.of(Api.LOAD_BALANCER_LABEL, loadBalancer), count);
  }

  /** The address inside the cluster at which a load balancer is served. */
  public String address(String loadBalancer) {
    return client
        .services()
        .inNamespace(namespace)
        .withName("lb-" + loadBalancer)
        .get()
        .getSpec()
        .getClusterIP();
  }
}
