package cloud.thalassa.lb.crds.manifest;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The documents of one file, and what could not be read of it. The file is split at its {@code ---}
 * lines before it is parsed, as kubectl does, so that a broken document costs no other.
 */
record YamlStream(List<Document> documents, List<Finding> findings) {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setSchema(new CoreSchema()).build();

  static YamlStream read(String file, String text) {
    var stream = new YamlStream(new ArrayList<>(), new ArrayList<>());
    var part = new StringBuilder();
    int line = 0;
    int start = 0;
    for (var row : (Iterable<String>) text.lines()::iterator) {
      if (row.startsWith("---")) {
        stream.add(file, part.toString(), start);
        part.setLength(0);
        start = line;
        row = "   " + row.substring(3);
      }
      part.append(row).append('\n');
      line++;
    }
    stream.add(file, part.toString(), start);
    return stream;
  }

  private void add(String file, String text, int offset) {
    try {
      var node = new Compose(SETTINGS).composeString(text);
      if (node.isPresent()) {
        var values = new YamlValues(offset);
        var document = values.document(file, node.get());
        documents.add(document);
        for (var problem : values.problems()) {
          findings.add(document.finding("", problem.path(), problem.sentence()));
        }
      }
    } catch (MarkedYamlEngineException e) {
      var mark = e.getProblemMark().or(e::getContextMark);
      var position =
          mark.map(m -> new Position(m.getLine() + 1 + offset, m.getColumn() + 1))
              .orElse(new Position(offset + 1, 1));
      findings.add(unreadable(file, position, e.getProblem()));
    } catch (YamlEngineException | UnreadableYaml e) {
      findings.add(unreadable(file, new Position(offset + 1, 1), String.valueOf(e.getMessage())));
    }
  }

  private static Finding unreadable(String file, Position position, String problem) {
    return new Finding(file, position, "", "", "this is not readable YAML: " + problem);
  }
}
