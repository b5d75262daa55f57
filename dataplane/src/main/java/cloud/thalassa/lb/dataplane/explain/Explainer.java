package cloud.thalassa.lb.dataplane.explain;

import static java.util.stream.Collectors.joining;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.replica.Explanation;
import cloud.thalassa.lb.crds.replica.Explanation.Candidate;
import cloud.thalassa.lb.crds.replica.Explanation.Group;
import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.dataplane.admit.Ip;
import cloud.thalassa.lb.dataplane.select.Target;
import cloud.thalassa.lb.dataplane.table.Pool;
import cloud.thalassa.lb.dataplane.table.Route;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import cloud.thalassa.lb.dataplane.table.Split.Share;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes the way of a connection through one table, and writes down what it meets. */
public final class Explainer {
  /** One that names the address comes before one that takes all of the machine. */
  private static final Comparator<Route> NARROWEST =
      Comparator.<Route, Boolean>comparing(route -> everywhere(route))
          .thenComparing(route -> route.key().listener());

  private final RoutingTable table;
  private final Live live;
  private final long now;

  /**
   * @param now {@link System#nanoTime}
   */
  public Explainer(RoutingTable table, Live live, long now) {
    this.table = table;
    this.live = live;
    this.now = now;
  }

  public Explanation answer(Question question) {
    return table.routes().values().stream()
        .filter(route -> takes(route, question))
        .min(NARROWEST)
        .map(route -> way(question, route))
        .orElseGet(() -> nobody(question));
  }

  private static boolean takes(Route route, Question question) {
    return route.protocol() == question.protocol()
        && route.binds(question.to().port())
        && (everywhere(route) || route.addresses().contains(question.to().address()));
  }

  private static boolean everywhere(Route route) {
    return route.addresses().stream().anyMatch(InetAddress::isAnyLocalAddress);
  }

  private Explanation way(Question question, Route route) {
    var client = question.from().address();
    var key = route.key();
    var problem = live.problem(key);
    var checks = new Checks(route, question, live).made();
    boolean admitted = problem == null && Checks.admit(checks);
    var targets = new Candidacies(table, route, question.to().port(), now).all();
    var certain = route.certain(Ip.high(client), Ip.low(client), now);
    var target = certain == null || !admitted ? null : place(route, certain, question.to().port());
    var why =
        problem != null
            ? "Listener %s is not served here: %s".formatted(key.listener(), problem)
            : admitted ? offer(route, targets, target) : checks.getLast().why();
    return new Explanation(
        question.from().text(),
        question.to().text(),
        question.protocol(),
        why,
        key.loadBalancer(),
        key.listener(),
        revision(key.loadBalancer()),
        admitted,
        checks,
        groups(route),
        target,
        targets);
  }

  private static String offer(Route route, List<Candidate> targets, @Nullable String target) {
    long candidates = targets.stream().filter(Candidate::candidate).count();
    var listener = "Listener " + route.key().listener();
    var groups = route.split().pools().map(Pool::name).distinct().collect(joining(", "));
    if (candidates == 0) {
      return "%s admits it, but no target of %s serves".formatted(listener, groups);
    }
    return target == null
        ? "%s admits it, to one of %d targets of %s".formatted(listener, candidates, groups)
        : "%s admits it, to %s of %s".formatted(listener, target, groups);
  }

  private static List<Group> groups(Route route) {
    int sum = route.split().shares().stream().mapToInt(Share::weight).sum();
    return route.split().shares().stream()
        .flatMap(
            share ->
                Stream.ofNullable(share.pool())
                    .map(pool -> group(pool, sum == 0 ? 0 : 100 * share.weight() / sum)))
        .toList();
  }

  private static Group group(Pool pool, int percent) {
    return new Group(pool.name(), pool.selector().policy(), percent);
  }

  private Explanation nobody(Question question) {
    return new Explanation(
        question.from().text(),
        question.to().text(),
        question.protocol(),
        refused(question)
            .or(() -> troubled(question))
            .orElseGet(() -> "No listener takes " + place(question) + ". " + others()),
        null,
        null,
        null,
        false,
        List.of(),
        List.of(),
        null,
        List.of());
  }

  /** A listener that is in the configuration but has no route. */
  private Optional<String> refused(Question question) {
    for (var service : table.services().values()) {
      var config = service.config();
      if (config == null) {
        continue;
      }
      for (var entry : config.listeners()) {
        var why = service.refused().get(entry.name());
        if (why != null && asksFor(entry, question)) {
          return Optional.of("Listener %s is refused: %s".formatted(entry.name(), why));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean asksFor(ForwardingConfigSpec.Entry entry, Question question) {
    int port = question.to().port();
    return entry.protocol() == question.protocol()
        && entry.port() <= port
        && port <= entry.lastPort();
  }

  private Optional<String> troubled(Question question) {
    return table.services().entrySet().stream()
        .filter(entry -> entry.getValue().problem() != null)
        .map(
            entry ->
                "No listener takes %s, and %s has a problem: %s"
                    .formatted(place(question), entry.getKey(), entry.getValue().problem()))
        .findFirst();
  }

  private String others() {
    var places =
        table.routes().values().stream()
            .map(route -> route.protocol() + " " + ports(route))
            .distinct()
            .sorted()
            .limit(20)
            .collect(joining(", "));
    return places.isEmpty() ? "There is none here" : "Those here take " + places;
  }

  private static String ports(Route route) {
    return route.port() == route.endPort()
        ? String.valueOf(route.port())
        : route.port() + "-" + route.endPort();
  }

  private static String place(Question question) {
    return question.protocol() + " " + question.to().text();
  }

  static String place(Route route, Target target, int port) {
    var address = target.address().getAddress();
    var text = Ip.text(address);
    return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + route.targetPort(target, port);
  }

  private @Nullable String revision(String loadBalancer) {
    var service = table.services().get(loadBalancer);
    return service == null ? null : service.revision();
  }
}
