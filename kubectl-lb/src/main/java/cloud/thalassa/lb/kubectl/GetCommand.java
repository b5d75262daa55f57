package cloud.thalassa.lb.kubectl;

import cloud.thalassa.lb.kubectl.cluster.Objects;
import cloud.thalassa.lb.kubectl.view.Whole;
import cloud.thalassa.lb.kubectl.view.WholeText;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = "One load balancer, whole: listeners, targets and their health, conditions.")
final class GetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin Place place = new Place();
  @Mixin Output output = new Output();

  @Parameters(paramLabel = "NAME", description = "Of the load balancer.")
  String name = "";

  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var connection = place.connect()) {
      var objects = new Objects(connection);
      var whole = Whole.of(objects.seen(objects.loadBalancer(connection.namespace(), name)));
      var document = output.document(whole);
      if (document != null) {
        terminal.out().println(document);
      } else {
        terminal.out().print(WholeText.of(whole, output.wide(), Instant.now()));
      }
      return 0;
    }
  }
}
