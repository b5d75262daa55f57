package cloud.thalassa.lb.kubectl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "kubectl lb",
    description = "What load balancers of Thalassa LB are and do.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND")
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class Lb implements Callable<Integer> {
  @Spec CommandSpec spec;

  /** With all commands. */
  static CommandLine commandLine(Terminal terminal) {
    var all = new CommandLine(new Lb());
    commands(terminal).forEach((name, command) -> all.addSubcommand(name, command.get()));
    return all;
  }

  /** With the one that is asked for, if there is such a one: picocli looks long at each. */
  static CommandLine commandLine(Terminal terminal, String asked) {
    var command = commands(terminal).get(asked);
    return command == null
        ? commandLine(terminal)
        : new CommandLine(new Lb()).addSubcommand(asked, command.get());
  }

  private static Map<String, Supplier<Object>> commands(Terminal terminal) {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("list", () -> new ListCommand(terminal));
    commands.put("get", () -> new GetCommand(terminal));
    commands.put("explain", () -> new ExplainCommand(terminal));
    commands.put("diff", () -> new DiffCommand(terminal));
    commands.put("top", () -> new TopCommand(terminal));
    commands.put("events", () -> new EventsCommand(terminal));
    return commands;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
