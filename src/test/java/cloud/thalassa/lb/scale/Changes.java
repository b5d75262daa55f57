package cloud.thalassa.lb.scale;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.e2e.Figures;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Makes pods ready and not ready, and sees from a watch when the documents say so. */
final class Changes implements AutoCloseable {
  private final KubernetesClient client;
  private final Map<String, Change> pending = new ConcurrentHashMap<>();
  private final Map<String, Boolean> ready = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AutoCloseable watch;
  private final AtomicInteger slices = new AtomicInteger();

  private record Change(boolean ready, long since, Figures figures) {}

  Changes(KubernetesClient client) {
    this.client = client;
    this.watch =
        client
            .resources(EndpointSlice.class)
            .inAnyNamespace()
            .withLabel(Api.TARGET_GROUP_LABEL)
            .inform(new Seen());
  }

  @Override
  public void close() throws Exception {
    watch.close();
    threads.shutdownNow();
  }

  /** Slices that were written so far, again and again included. */
  int seen() {
    return slices.get();
  }

  /** Changes that no document says yet. */
  int missing() {
    return pending.size();
  }

  /**
   * One pod after the other, whether or not the documents follow.
   *
   * @param answered takes how long the API server took to answer the change itself
   * @param documents takes how long it took from before that until a document said so
   */
  void run(
      List<TargetPod> pods,
      double perSecond,
      Duration duration,
      Figures answered,
      Figures documents) {
    var random = new Random(1);
    var start = System.nanoTime();
    var changes = (long) (perSecond * duration.toMillis() / 1000);
    for (var n = 0L; n < changes; n++) {
      var due = start + (long) (n * 1e9 / perSecond);
      for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      var pod = pods.get(random.nextInt(pods.size()));
      if (!pending.containsKey(key(pod))) {
        var _ = threads.submit(() -> change(pod, answered, documents));
      }
    }
  }

  private void change(TargetPod pod, Figures answered, Figures documents) {
    var now = !ready.getOrDefault(key(pod), true);
    var since = System.nanoTime();
    if (pending.putIfAbsent(key(pod), new Change(now, since, documents)) != null) {
      return;
    }
    ready.put(key(pod), now);
    client
        .pods()
        .inNamespace(pod.namespace())
        .withName(pod.name())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"%s\"}]}}"
                .formatted(now ? "True" : "False"));
    answered.add(since, System.nanoTime());
  }

  private static String key(TargetPod pod) {
    return pod.namespace() + "/" + pod.name();
  }

  private final class Seen implements ResourceEventHandler<EndpointSlice> {
    @Override
    public void onAdd(EndpointSlice slice) {
      look(slice);
    }

    @Override
    public void onUpdate(EndpointSlice before, EndpointSlice slice) {
      look(slice);
    }

    @Override
    public void onDelete(EndpointSlice slice, boolean unknown) {}

    private void look(EndpointSlice slice) {
      var now = System.nanoTime();
      slices.incrementAndGet();
      for (var endpoint : slice.getEndpoints()) {
        var pod = endpoint.getTargetRef().getNamespace() + "/" + endpoint.getTargetRef().getName();
        var change = pending.get(pod);
        if (change != null && change.ready == endpoint.getConditions().getReady()) {
          pending.remove(pod);
          change.figures.add(change.since, now);
        }
      }
    }
  }
}
