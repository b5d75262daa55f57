package cloud.thalassa.lb.crds.manifest;

import java.util.Map;

/**
 * One YAML or JSON document: plain values (maps, lists, strings, longs, doubles, booleans, nulls)
 * and where each lies.
 *
 * @param positions by path, such as {@code spec.targets[0].port}; the empty path is the document
 */
public record Document(String file, Map<String, Object> value, Map<String, Position> positions) {

  /** The place of a field; of a field that is not there, the place where it would belong. */
  Position at(String path) {
    var known = path;
    while (!positions.containsKey(known)) {
      known =
          known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
    }
    return positions.getOrDefault(known, new Position(1, 1));
  }

  Finding finding(String object, String path, String sentence) {
    return new Finding(file, at(path), object, path, sentence);
  }
}
