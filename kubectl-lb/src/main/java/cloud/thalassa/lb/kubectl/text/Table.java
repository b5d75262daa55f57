package cloud.thalassa.lb.kubectl.text;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns as kubectl sets them; the last one is never padded. */
public final class Table {
  private static final String GAP = "   ";

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... head) {
    rows.add(List.of(head));
  }

  public void row(Object... cells) {
    rows.add(Stream.of(cells).map(Table::cell).toList());
  }

  /** A line of its own. */
  public static String line(String... cells) {
    return Stream.of(cells).map(Table::cell).collect(joining(GAP));
  }

  /** Every line begins with {@code indent}. */
  public String text(String indent) {
    int columns = rows.getFirst().size();
    var widths =
        IntStream.range(0, columns)
            .map(column -> rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0))
            .toArray();
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder(indent);
      for (int column = 0; column < columns; column++) {
        var cell = row.get(column);
        line.append(cell);
        if (column < columns - 1) {
          line.append(" ".repeat(widths[column] - length(cell))).append(GAP);
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text("");
  }

  /** What others wrote must not steer the terminal. */
  private static String cell(Object value) {
    var text = String.valueOf(value).strip();
    return text.isEmpty() ? "-" : text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
