package cloud.thalassa.lb.crds.manifest;

/** A document that is well-formed YAML and still no manifest. */
final class UnreadableYaml extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableYaml(String problem) {
    super(problem);
  }
}
