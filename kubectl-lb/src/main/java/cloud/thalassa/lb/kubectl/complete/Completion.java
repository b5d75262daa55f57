package cloud.thalassa.lb.kubectl.complete;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may stand in the place of the last word, as kubectl wants to hear it.
 *
 * @param candidates each may have a tab and a description behind it
 * @param directive of cobra, the library of kubectl
 */
public record Completion(List<String> candidates, int directive) {
  /** Nothing of ours: the shell completes names of files. */
  static final int FILES = 0;

  static final int NO_FILES = 4;

  /** What can be asked of a cluster; each is asked only if it matters. */
  public record Known(
      Supplier<List<String>> balancers,
      Supplier<List<String>> doors,
      Supplier<List<String>> namespaces,
      Supplier<List<String>> contexts) {}

  public static Completion of(Grammar grammar, Line line, Known known) {
    if (line.open() != null) {
      return value(line, known);
    }
    var command = line.command();
    if (command == null) {
      return described(
          line,
          grammar.verbs().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().description())));
    }
    if (line.word().startsWith("-")) {
      return described(line, command.options());
    }
    return command.named() && line.names() == 0
        ? plain(line, known.balancers().get())
        : new Completion(List.of(), NO_FILES);
  }

  private static Completion value(Line line, Known known) {
    return switch (String.valueOf(line.open())) {
      case "-o", "--output" -> plain(line, List.of("json", "wide", "yaml"));
      case "-n", "--namespace" -> plain(line, known.namespaces().get());
      case "--context" -> plain(line, known.contexts().get());
      case "--to" -> plain(line, known.doors().get());
      case "-f", "--filename", "--kubeconfig" -> new Completion(List.of(), FILES);
      default -> new Completion(List.of(), NO_FILES);
    };
  }

  private static Completion described(Line line, Map<String, String> words) {
    return new Completion(
        words.entrySet().stream()
            .filter(it -> it.getKey().startsWith(line.word()))
            .sorted(Map.Entry.comparingByKey())
            .map(it -> it.getKey() + "\t" + it.getValue())
            .toList(),
        NO_FILES);
  }

  private static Completion plain(Line line, List<String> words) {
    return new Completion(
        words.stream().filter(it -> it.startsWith(line.word())).distinct().sorted().toList(),
        NO_FILES);
  }

  @Override
  public String toString() {
    return Stream.concat(candidates.stream(), Stream.of(":" + directive))
        .collect(Collectors.joining("\n"));
  }
}
