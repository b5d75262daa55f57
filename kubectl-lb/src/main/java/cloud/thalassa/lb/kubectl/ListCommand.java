package cloud.thalassa.lb.kubectl;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.kubectl.cluster.Objects;
import cloud.thalassa.lb.kubectl.view.ListText;
import cloud.thalassa.lb.kubectl.view.Named;
import cloud.thalassa.lb.kubectl.view.Summary;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Load balancers: state, addresses, listeners, targets.")
final class ListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin Place place = new Place();
  @Mixin Output output = new Output();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Of all namespaces.")
  boolean everywhere;

  /** For programs. */
  record Items(List<Summary> items) {}

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var connection = place.connect()) {
      var namespace = everywhere ? null : connection.namespace();
      var objects = new Objects(connection);
      var balancers = objects.list(LoadBalancer.class, namespace);
      var listeners =
          balancers.isEmpty() ? List.<Listener>of() : objects.list(Listener.class, namespace);
      var groups = objects.targetGroups(Objects.targetGroupsOf(listeners), namespace);
      var summaries =
          balancers.stream()
              .map(
                  it ->
                      Summary.of(
                          it,
                          Objects.targetGroupsOf(Objects.listenersOf(Named.of(it), listeners)),
                          groups))
              .sorted(Comparator.comparing(Summary::namespace).thenComparing(Summary::name))
              .toList();
      var document = output.document(new Items(summaries));
      if (document != null) {
        terminal.out().println(document);
      } else if (summaries.isEmpty()) {
        terminal.nothing(
            "no load balancers" + (namespace == null ? "" : " in namespace " + namespace));
      } else {
        terminal.out().print(ListText.of(summaries, everywhere, output.wide(), Instant.now()));
      }
      return 0;
    }
  }
}
