package cloud.thalassa.lb.kubectl;

import cloud.thalassa.lb.crds.replica.Question;
import cloud.thalassa.lb.kubectl.cluster.Objects;
import cloud.thalassa.lb.kubectl.explain.Asked;
import cloud.thalassa.lb.kubectl.explain.ExplainText;
import cloud.thalassa.lb.kubectl.explain.Explained;
import cloud.thalassa.lb.kubectl.replica.Answers;
import cloud.thalassa.lb.kubectl.replica.Replicas;
import cloud.thalassa.lb.kubectl.view.Named;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "What would become of a connection, and why: a replica says it.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec CommandSpec spec;

  @Mixin Place place = new Place();
  @Mixin Output output = new Output();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "ADDRESS:PORT",
      description = "Of the client, as 203.0.113.7:4431 or [2001:db8::7]:4431.")
  String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NAME:PORT[/PROTOCOL]",
      description = "Of the load balancer, as web:443 or web:53/udp.")
  String to = "";

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var asked = asked();
    try (var connection = place.connect()) {
      var balancer = new Objects(connection).loadBalancer(connection.namespace(), asked.balancer());
      var replicas = Replicas.of(connection, Named.of(balancer));
      var answer =
          replicas.any(
              (replica, line) ->
                  Answers.explanation(line, asked.question(from, balancer, replica.address())));
      var explained = new Explained(answer.replica().pod(), answer.said());
      var document = output.document(explained);
      if (document != null) {
        terminal.out().println(document);
      } else {
        terminal.out().print(ExplainText.of(explained, Instant.now()));
      }
      return 0;
    }
  }

  /** Before anybody is asked. */
  private Asked asked() {
    try {
      var asked = Asked.parse(to);
      Question.parse(from, from, asked.protocol());
      return asked;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
