package cloud.thalassa.lb.e2e.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The one node: runs every pod whose image is a program of ours as a process with its own network
 * namespace and ServiceAccount token. Pods of other images belong to the tests.
 */
public final class Node {
  static final String NAME = "node-1";
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final ApiServer api;
  private final Map<String, PodRun> runs = new ConcurrentHashMap<>();
  private final Map<String, ScheduledFuture<?>> ticks = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(4, Thread.ofPlatform().daemon().name("node-", 0).factory());
  private final SharedIndexInformer<Pod> pods;

  private Node(ApiServer api) {
    this.api = api;
    this.pods = api.client().pods().inAnyNamespace().inform(new Arrivals());
  }

  static Node start(ApiServer api) {
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(NAME)
            .addToLabels("topology.kubernetes.io/zone", "zone-a")
            .endMetadata()
            .build();
    api.client().resource(node).create();
    return new Node(api);
  }

  /** Running pods of a namespace that carry a label, after waiting for at least one. */
  public List<String> pods(String namespace, String label, String value) {
    return await("a pod with " + label + "=" + value + " in " + namespace)
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> find(namespace, label, value), Predicate.not(List::isEmpty));
  }

  private List<String> find(String namespace, String label, String value) {
    return runs.values().stream()
        .map(PodRun::pod)
        .filter(pod -> pod.getMetadata().getNamespace().equals(namespace))
        .filter(pod -> value.equals(pod.getMetadata().getLabels().get(label)))
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  public String address(String namespace, String pod) {
    return run(namespace, pod).address();
  }

  public Child process(String namespace, String pod) {
    return await().until(() -> run(namespace, pod).process(), process -> process != null);
  }

  /** SIGKILL; stays dead until {@link #restart}. */
  public void kill(String namespace, String pod) {
    run(namespace, pod).kill();
  }

  public void restart(String namespace, String pod) {
    run(namespace, pod).restart();
  }

  /**
   * Its kubelet says nothing more about it, and does nothing: whatever happens, others must see.
   */
  public void forsake(String namespace, String pod) {
    run(namespace, pod).forsaken(true);
  }

  /** Its kubelet takes care of it again. */
  public void recover(String namespace, String pod) {
    run(namespace, pod).forsaken(false);
  }

  /** No packet reaches it or leaves it any more, or they do again. */
  public void connected(String namespace, String pod, boolean connected) {
    run(namespace, pod).connected(connected);
  }

  private PodRun run(String namespace, String pod) {
    return runs.get(namespace + "/" + pod);
  }

  private void tick(String key) {
    try {
      if (!runs.get(key).tick(pods.getStore().getByKey(key))) {
        ticks.get(key).cancel(false);
        runs.remove(key);
      }
    } catch (KubernetesClientException e) {
      // The API server may be down: that is what some tests are about. The next tick tries again.
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) { // deleted, and the watch is behind
        System.err.println("node: " + key + ": " + e.getMessage());
      }
    } catch (RuntimeException e) {
      System.err.println("node: " + key + ": " + e.getMessage());
    }
  }

  private final class Arrivals implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      var key = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
      Program.ofImage(pod.getSpec().getContainers().getFirst().getImage())
          .ifPresent(
              program -> {
                runs.put(key, new PodRun(api, pod, program));
                ticks.put(
                    key,
                    timer.scheduleWithFixedDelay(
                        () -> tick(key), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS));
              });
    }

    @Override
    public void onUpdate(Pod before, Pod after) {}

    @Override
    public void onDelete(Pod pod, boolean unknown) {}
  }
}
