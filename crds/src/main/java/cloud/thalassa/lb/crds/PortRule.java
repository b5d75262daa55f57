package cloud.thalassa.lb.crds;

/** What a port must be that is a number or the name of a container port (RFC 6335 service name). */
final class PortRule {
  /**
   * CEL for the number; a string's length is not known to the cost estimator, so its shape is a
   * pattern.
   */
  static final String NUMBER = "type(self) != int || (self >= 1 && self <= 65535)";

  static final String NUMBER_MESSAGE = "must be 1..65535, or the name of a container port";

  static final String NAME = "^[a-z0-9-]{0,14}[a-z][a-z0-9-]{0,14}$";

  private PortRule() {}
}
