package cloud.thalassa.lb.kubectl;

import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.replica.Reading;
import cloud.thalassa.lb.crds.replica.Traffic;
import cloud.thalassa.lb.kubectl.cluster.Connection;
import cloud.thalassa.lb.kubectl.cluster.Failure;
import cloud.thalassa.lb.kubectl.cluster.Objects;
import cloud.thalassa.lb.kubectl.replica.Replicas;
import cloud.thalassa.lb.kubectl.replica.Watched;
import cloud.thalassa.lb.kubectl.top.TopText;
import cloud.thalassa.lb.kubectl.view.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "top",
    description = "What flows now: connections, bytes and errors of listeners and targets.")
final class TopCommand implements Callable<Integer> {
  private static final String CLEAR = "\u001b[H\u001b[J";
  private static final double LEAST_SECONDS = 0.1;

  private final Terminal terminal;

  @Mixin Place place = new Place();
  @Mixin Output output = new Output();

  @Option(
      names = "--once",
      description = "Say it once and end. So it is where nobody looks at a terminal.")
  boolean once;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Between two readings: ${DEFAULT-VALUE}.")
  double interval;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Of the load balancer; omitted: all of the namespace.")
  @Nullable String name;

  /** For programs. */
  record Items(List<Traffic> items) {}

  TopCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var connection = place.connect()) {
      var watched = watched(connection);
      if (watched.isEmpty()) {
        terminal.nothing("no load balancers in namespace " + connection.namespace());
        return 0;
      }
      boolean ends = once || output.forPrograms() || !terminal.interactive();
      var before = read(watched);
      do {
        Thread.sleep((long) (1000 * Math.max(LEAST_SECONDS, interval)));
        var after = read(watched);
        say(traffic(watched, before, after), !ends);
        before = after;
      } while (!ends);
      return 0;
    }
  }

  private List<Watched> watched(Connection connection) {
    var objects = new Objects(connection);
    var balancers =
        name == null
            ? objects.list(LoadBalancer.class, connection.namespace())
            : List.of(objects.loadBalancer(connection.namespace(), name));
    var watched = new ArrayList<Watched>();
    for (var balancer : balancers) {
      var self = Named.of(balancer);
      var config = objects.forwardingConfig(self);
      if (config != null) {
        watched.add(new Watched(Replicas.of(connection, self), config));
      } else if (name != null) {
        throw new Failure("load balancer " + self + " serves nothing yet");
      }
    }
    return watched;
  }

  private static List<Map<String, Reading>> read(List<Watched> watched) {
    return watched.stream().map(Watched::read).toList();
  }

  private static List<Traffic> traffic(
      List<Watched> watched, List<Map<String, Reading>> before, List<Map<String, Reading>> after) {
    var traffic = new ArrayList<Traffic>();
    for (int i = 0; i < watched.size(); i++) {
      traffic.add(watched.get(i).traffic(before.get(i), after.get(i)));
    }
    return traffic;
  }

  private void say(List<Traffic> traffic, boolean clear) {
    if (traffic.stream().allMatch(it -> it.replicas() == 0)
        && traffic.stream().anyMatch(it -> it.silent() > 0)) {
      throw new Failure(
          "no replica can be asked, which takes the right to create pods/portforward or to get"
              + " pods/proxy, as the role edit has it");
    }
    var document = output.document(new Items(traffic));
    if (document != null) {
      terminal.out().println(document);
    } else {
      terminal.out().print((clear ? CLEAR : "") + TopText.of(traffic, output.wide()));
      terminal.out().flush();
    }
  }
}
