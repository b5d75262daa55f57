package cloud.thalassa.lb.crds.manifest;

/**
 * What is wrong with a field.
 *
 * @param blocking rules are not evaluated on an object with such a problem, as on the API server
 */
record Problem(String path, String sentence, boolean blocking) {
  static Problem of(String path, String sentence) {
    return new Problem(path, sentence, false);
  }

  static Problem blocking(String path, String sentence) {
    return new Problem(path, sentence, true);
  }
}
