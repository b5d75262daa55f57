package cloud.thalassa.lb.crds.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns one parsed document into plain values, noting where each lies. */
final class YamlValues {
  /** Aliases can make a small file denote a huge value, or one without end. */
  private static final int MOST_VALUES = 1_000_000;

  private static final int DEEPEST = 100;

  /** kubectl reads YAML 1.1, where these are booleans. */
  private static final Set<String> TRUE = Set.of("y", "yes", "on");

  private static final Set<String> FALSE = Set.of("n", "no", "off");

  private final int offset;
  private final Map<String, Position> positions = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private int values;

  /** {@code offset}: lines of the file before the document. */
  YamlValues(int offset) {
    this.offset = offset;
  }

  List<Problem> problems() {
    return problems;
  }

  Document document(String file, Node root) {
    note("", root);
    if (!(root instanceof MappingNode mapping)) {
      throw new UnreadableYaml("a manifest is a mapping with apiVersion, kind and metadata");
    }
    return new Document(file, mapping("", mapping, 0), positions);
  }

  private @Nullable Object value(String path, Node node, int depth) {
    if (depth > DEEPEST || ++values > MOST_VALUES) {
      throw new UnreadableYaml("it is nested too deeply, or its aliases make it too large");
    }
    return switch (node) {
      case MappingNode mapping -> mapping(path, mapping, depth);
      case SequenceNode sequence -> sequence(path, sequence, depth);
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new UnreadableYaml("it holds a " + node.getNodeType());
    };
  }

  @SuppressWarnings("NullAway") // plain JSON maps and lists may hold nulls
  private Map<String, Object> mapping(String path, MappingNode node, int depth) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var entry : node.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new UnreadableYaml("the keys of a mapping must be words");
      }
      var name = key.getValue();
      var below = path.isEmpty() ? name : path + "." + name;
      note(below, key);
      if (map.containsKey(name)) {
        problems.add(Problem.blocking(below, "key \"" + name + "\" is given twice"));
      }
      map.put(name, value(below, entry.getValueNode(), depth + 1));
    }
    return map;
  }

  @SuppressWarnings("NullAway") // as above
  private List<Object> sequence(String path, SequenceNode node, int depth) {
    var list = new ArrayList<@Nullable Object>();
    for (var item : node.getValue()) {
      var below = path + "[" + list.size() + "]";
      note(below, item);
      list.add(value(below, item, depth + 1));
    }
    return list;
  }

  private static @Nullable Object scalar(ScalarNode node) {
    var text = node.getValue();
    var tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    } else if (tag.equals(Tag.BOOL)) {
      return Boolean.parseBoolean(text.toLowerCase(Locale.ROOT));
    } else if (tag.equals(Tag.INT)) {
      return integer(text);
    } else if (tag.equals(Tag.FLOAT)) {
      return decimal(text);
    }
    var word = text.toLowerCase(Locale.ROOT);
    if (node.getScalarStyle() == ScalarStyle.PLAIN && TRUE.contains(word)) {
      return true;
    }
    return node.getScalarStyle() == ScalarStyle.PLAIN && FALSE.contains(word)
        ? (Object) false
        : text;
  }

  private static Object integer(String text) {
    try {
      return text.startsWith("0o")
          ? (Object) Long.parseLong(text.substring(2), 8)
          : text.startsWith("0x")
              ? (Object) Long.parseLong(text.substring(2), 16)
              : Long.parseLong(text);
    } catch (NumberFormatException beyondLong) {
      return decimal(text);
    }
  }

  /** Whole numbers are integers however they are written, as in JSON. */
  private static Object decimal(String text) {
    try {
      var number = Double.parseDouble(text);
      return number == Math.rint(number) && Math.abs(number) < 1L << 53
          ? (Object) (long) number
          : number;
    } catch (NumberFormatException infinityOrNan) {
      return text;
    }
  }

  private void note(String path, Node node) {
    node.getStartMark()
        .ifPresent(
            mark ->
                positions.putIfAbsent(
                    path, new Position(mark.getLine() + 1 + offset, mark.getColumn() + 1)));
  }
}
