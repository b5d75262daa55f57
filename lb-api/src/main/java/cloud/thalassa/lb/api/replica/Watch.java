package cloud.thalassa.lb.api.replica;

import static java.util.stream.Collectors.toMap;

import cloud.thalassa.lb.api.replica.Flow.Moment;
import cloud.thalassa.lb.crds.replica.Explanation;
import cloud.thalassa.lb.crds.replica.Explanation.Candidate;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.crds.replica.Reading;
import cloud.thalassa.lb.crds.replica.Replica;
import cloud.thalassa.lb.crds.replica.ReplicaClient;
import cloud.thalassa.lb.crds.replica.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/** One load balancer that somebody looks at. */
final class Watch {
  /** Two who look at once do not ask twice. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** What moments are kept of, and after what nobody looks any more. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final ReentrantLock asking = new ReentrantLock();
  private final Deque<Moment> moments = new ArrayDeque<>();
  private final InstantSource clock;
  private final ReplicaClient client;
  private Map<String, Reading> before = Map.of();
  private Instant asked = Instant.EPOCH;
  private volatile Instant looked;
  private volatile Flow flow = new Flow(null, List.of());

  Watch(InstantSource clock, ReplicaClient client) {
    this.clock = clock;
    this.client = client;
    this.looked = clock.instant();
  }

  Instant looked() {
    return looked;
  }

  boolean idle() {
    return looked.isBefore(clock.instant().minus(KEPT));
  }

  /** As it was a moment ago, while another one asks. */
  Flow look(String balancer, List<Door> doors, Set<String> groups, List<Replica> replicas) {
    looked = clock.instant();
    if (asking.tryLock()) {
      try {
        if (!asked.plus(PAUSE).isAfter(looked)) {
          ask(balancer, doors, groups, replicas);
        }
      } finally {
        asking.unlock();
      }
    }
    return flow;
  }

  private void ask(String balancer, List<Door> doors, Set<String> groups, List<Replica> replicas) {
    asked = clock.instant();
    var after = read(balancer, doors, groups, replicas);
    Traffic traffic = null;
    if (!after.isEmpty() && !before.isEmpty()) {
      var names = doors.stream().map(Door::name).toList();
      int silent = replicas.size() - after.size();
      traffic = Traffic.between(balancer, before, after, silent, names, List.copyOf(groups));
      moments.addLast(Moment.of(asked, traffic));
    }
    before = after;
    moments.removeIf(it -> it.at().isBefore(asked.minus(KEPT)));
    flow = new Flow(traffic, List.copyOf(moments));
  }

  /** By replica; those that do not answer are missing. */
  private Map<String, Reading> read(
      String balancer, List<Door> doors, Set<String> groups, List<Replica> replicas) {
    var asked = new LinkedHashMap<Replica, Future<Reading>>();
    var readings = new HashMap<String, Reading>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var replica : replicas) {
        Callable<Reading> ask = () -> reading(balancer, doors, groups, replica);
        asked.put(replica, threads.submit(ask));
      }
      for (var it : asked.entrySet()) {
        try {
          readings.put(it.getKey().pod(), it.getValue().get());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof IOException)) {
            throw new IllegalStateException(e.getCause());
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return readings;
  }

  /** What it says of others than its load balancer is not believed, nor kept. */
  private Reading reading(String balancer, List<Door> doors, Set<String> groups, Replica replica)
      throws IOException, InterruptedException {
    var said = Reading.of(System.nanoTime(), client.meters(replica), List.of());
    var values =
        said.values().entrySet().stream()
            .filter(it -> balancer.equals(it.getKey().labels().get("load_balancer")))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Reading(said.nanos(), values, targets(doors, groups, replica));
  }

  private List<Candidate> targets(List<Door> doors, Set<String> groups, Replica replica)
      throws IOException, InterruptedException {
    var targets = new ArrayList<Candidate>();
    var missing = new HashSet<>(groups);
    for (var door : doors) {
      if (missing.isEmpty()) {
        break;
      }
      var path = Question.PATH + "?" + door.question().query();
      var known = client.get(replica, path, Explanation.class).about(Set.copyOf(missing));
      targets.addAll(known.targets());
      known.targetGroups().forEach(it -> missing.remove(it.name()));
    }
    return targets;
  }
}
