package cloud.thalassa.lb.kubectl.replica;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec.Entry;
import cloud.thalassa.lb.crds.replica.Explanation.Candidate;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.crds.replica.Reading;
import cloud.thalassa.lb.crds.replica.Replica;
import cloud.thalassa.lb.crds.replica.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * One load balancer whose replicas are read again and again.
 *
 * @param config that is served
 */
public record Watched(Replicas replicas, ForwardingConfig config) {
  /** Who asks does not matter for who the targets are. */
  private static final String ANYBODY = "192.0.2.1:1";

  /** By replica; those that do not answer are missing. */
  public Map<String, Reading> read() {
    var asked = new LinkedHashMap<Replica, Future<Reading>>();
    var readings = new HashMap<String, Reading>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var replica : replicas.all()) {
        Callable<Reading> ask = () -> replicas.ask(replica, (_, line) -> reading(line));
        asked.put(replica, threads.submit(ask));
      }
      for (var it : asked.entrySet()) {
        try {
          readings.put(it.getKey().pod(), it.getValue().get());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof Silence)) {
            throw new IllegalStateException(e.getCause());
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return readings;
  }

  public Traffic traffic(Map<String, Reading> before, Map<String, Reading> after) {
    var spec = config.getSpec();
    return Traffic.between(
        replicas.balancer().toString(),
        before,
        after,
        replicas.all().size() - after.size(),
        spec.listeners().stream().map(Entry::name).toList(),
        spec.pools().stream().map(it -> it.name()).toList());
  }

  private Reading reading(ReplicaLine line) throws Silence {
    var meters = Answers.meters(line);
    long nanos = System.nanoTime();
    var targets = new ArrayList<Candidate>();
    var known = new HashSet<String>();
    for (var entry : config.getSpec().listeners()) {
      var pools = pools(entry);
      if (!known.containsAll(pools)) {
        var said = Answers.explanation(line, question(entry));
        said.targets().stream()
            .filter(it -> !known.contains(it.targetGroup()))
            .forEach(targets::add);
        known.addAll(pools);
      }
    }
    return Reading.of(nanos, meters, targets);
  }

  private static Question question(Entry entry) {
    return Question.parse(ANYBODY, "192.0.2.2:" + entry.port(), entry.protocol().name());
  }

  private static Set<String> pools(Entry entry) {
    var pools = new HashSet<String>();
    Stream.concat(
            Stream.ofNullable(entry.pool()),
            entry.shares().stream().flatMap(it -> Stream.ofNullable(it.pool())))
        .forEach(pools::add);
    return pools;
  }
}
