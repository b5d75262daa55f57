package cloud.thalassa.lb.crds;

/**
 * What a port must be that is a number or the name of a container port (an RFC 6335 service name).
 */
final class PortRule {
  static final String EITHER =
      "type(self) == int ? self >= 1 && self <= 65535 :"
          + " self.matches('^[a-z0-9-]{1,15}$') && self.matches('[a-z]')";

  static final String MESSAGE =
      "must be 1..65535, or the name of a container port: lower case letters, digits and -, with a"
          + " letter, at most 15 characters";

  private PortRule() {}
}
