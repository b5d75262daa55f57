package cloud.thalassa.lb.kubectl;

import cloud.thalassa.lb.kubectl.cluster.Events;
import cloud.thalassa.lb.kubectl.cluster.Events.Remembered;
import cloud.thalassa.lb.kubectl.events.EventTable;
import cloud.thalassa.lb.kubectl.events.Happening;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "events",
    description = "Events of a load balancer and of all that belongs to it, in order of time.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class EventsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec CommandSpec spec;

  @Mixin Place place = new Place();
  @Mixin Output output = new Output();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Of all namespaces.")
  boolean everywhere;

  @Option(
      names = {"-w", "--watch"},
      description = "Then go on with what happens, until Ctrl-C.")
  boolean watch;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Of the load balancer; omitted: of all of them.")
  @Nullable String name;

  /** For programs. */
  record Items(List<Happening> items) {}

  EventsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (everywhere && name != null) {
      throw new ParameterException(
          spec.commandLine(), "a name is looked for in one namespace: give -n in place of -A");
    }
    try (var connection = place.connect()) {
      var events = Events.of(connection, everywhere ? null : connection.namespace(), name);
      var remembered = events.remembered();
      say(remembered, connection.namespace());
      if (watch) {
        events.follow(
            remembered.resourceVersion(),
            it -> {
              var document = output.document(it);
              terminal.out().println(document == null ? EventTable.line(it, everywhere) : document);
            });
      }
      return 0;
    }
  }

  private void say(Remembered remembered, String namespace) {
    var happenings = remembered.happenings();
    var document = output.document(new Items(happenings));
    if (document != null) {
      terminal.out().println(document);
    } else if (happenings.isEmpty()) {
      terminal.nothing(
          "no events"
              + (name == null ? "" : " of " + name)
              + (everywhere ? "" : " in namespace " + namespace));
    } else {
      terminal.out().print(EventTable.of(happenings, everywhere, output.wide(), Instant.now()));
    }
  }
}
