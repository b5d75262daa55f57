package cloud.thalassa.lb.crds.manifest;

/**
 * One thing that is wrong, and where.
 *
 * @param file as it was given
 * @param object {@code Kind namespace/name}, as far as it is known; else empty
 * @param path of the field, such as {@code spec.allowedSources[0]}; empty: the whole document
 * @param sentence what is wrong and what would be right
 */
public record Finding(String file, Position position, String object, String path, String sentence) {

  /** For people: {@code file:line: Kind namespace/name: path: sentence}. */
  @Override
  public String toString() {
    return file
        + ":"
        + position.line()
        + ": "
        + (object.isEmpty() ? "" : object + ": ")
        + (path.isEmpty() ? "" : path + ": ")
        + sentence;
  }
}
