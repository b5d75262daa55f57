package cloud.thalassa.lb.cluster.availability;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All figures that there are, of this run and of earlier ones, as a table in Markdown. */
final class Table {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String HEAD =
      """
      | Event | kube-proxy | Tries | Last failed new connection after it: median, worst | New connections that failed | Served after > 0.9 s | Lasting cut: lost with it / others | UDP: datagrams lost, longest silence | Without event: failed, slow, cut, UDP lost, p99 | Clients not run for |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  private static final String BEGIN = "<!-- figures -->";
  private static final String END = "<!-- end of figures -->";

  private Table() {}

  static Path directory() {
    return KubeTools.target().resolve("availability");
  }

  /** Publishes and returns a figure for each crowd of a trial. */
  static List<Figure> publish(String row, String event, List<Trial.Ended> ended, String more) {
    var figures = ended.stream().map(it -> Figure.of(row, event, it, more)).toList();
    figures.forEach(Table::publish);
    return figures;
  }

  /** Prints the figure, and keeps it: as a file, and in the table. */
  private static void publish(Figure figure) {
    try {
      var files = Files.createDirectories(directory().resolve("figures"));
      JSON.writeValue(files.resolve(figure.row() + "." + figure.sync() + ".json").toFile(), figure);
      System.out.println(line(figure));
      var table = Parameters.words() + "\n\n" + table(files);
      Files.writeString(directory().resolve("table.md"), table);
      if (Parameters.PUBLISH) {
        replaceIn(KubeTools.REPOSITORY.resolve("docs/availability.md"), table);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replaceIn(Path document, String table) throws IOException {
    var text = Files.readString(document);
    var begin = text.indexOf(BEGIN) + BEGIN.length();
    var end = text.indexOf(END);
    Files.writeString(document, text.substring(0, begin) + "\n" + table + text.substring(end));
  }

  private static String table(Path files) throws IOException {
    var figures = new ArrayList<Figure>();
    try (var all = Files.list(files)) {
      for (var file : all.sorted().toList()) {
        figures.add(JSON.readValue(file.toFile(), Figure.class));
      }
    }
    return HEAD
        + figures.stream().map(Table::line).map(line -> line + "\n").collect(Collectors.joining());
  }

  static String line(Figure figure) {
    var quiet = figure.quiet();
    var cells =
        List.of(
            figure.event() + (figure.more().isEmpty() ? "" : ". " + figure.more()),
            figure.sync(),
            Integer.toString(figure.served().size()),
            figure.failed() == 0 ? "none failed" : figure.median() + " ms, " + figure.p99() + " ms",
            "%d of %d%s; %d under way; %d between events"
                .formatted(
                    figure.failed(),
                    figure.opened(),
                    words(figure.outcomes()),
                    figure.caught(),
                    figure.between()),
            Long.toString(figure.slow()),
            figure.cut() + " / " + figure.cutOthers(),
            figure.lost() + ", " + figure.silence() + " ms",
            "%d of %d, %d, %d, %d, %d ms"
                .formatted(
                    quiet.failed(),
                    quiet.opened(),
                    quiet.slow(),
                    quiet.cut(),
                    quiet.lost(),
                    quiet.took99()),
            figure.late() + " ms");
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String words(Map<String, Long> outcomes) {
    return outcomes.isEmpty()
        ? ""
        : outcomes.entrySet().stream()
            .map(outcome -> outcome.getValue() + " " + outcome.getKey())
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
