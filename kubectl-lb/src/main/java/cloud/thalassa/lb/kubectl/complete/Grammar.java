package cloud.thalassa.lb.kubectl.complete;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which commands there are, with which options. */
public record Grammar(Map<String, Verb> verbs) {

  /**
   * A command.
   *
   * @param options by name, what they are for
   * @param valued names of those that take a value
   * @param named whether it takes the name of a load balancer
   */
  public record Verb(
      String description, Map<String, String> options, List<String> valued, boolean named) {
    boolean takesValue(String option) {
      return valued.contains(option);
    }
  }

  public static Grammar of(CommandLine commandLine) {
    var verbs = new TreeMap<String, Verb>();
    commandLine
        .getSubcommands()
        .forEach((name, command) -> verbs.put(name, verb(command.getCommandSpec())));
    return new Grammar(verbs);
  }

  @Nullable Verb verb(String name) {
    return verbs.get(name);
  }

  private static Verb verb(CommandSpec spec) {
    var options = new TreeMap<String, String>();
    var valued = new ArrayList<String>();
    for (OptionSpec option : spec.options()) {
      for (var name : option.names()) {
        options.put(name, String.join(" ", option.description()));
      }
      if (option.arity().max() > 0) {
        valued.addAll(Arrays.asList(option.names()));
      }
    }
    return new Verb(
        String.join(" ", spec.usageMessage().description()),
        options,
        valued,
        !spec.positionalParameters().isEmpty());
  }
}
