package cloud.thalassa.lb.crds.replica;

import cloud.thalassa.lb.crds.replica.Explanation.Candidate;
import cloud.thalassa.lb.crds.replica.Traffic.Target;

/** A target as one replica knows it, and as all of them do. */
final class Targets {
  private Targets() {}

  static Target of(Candidate it) {
    return new Target(it.address(), it.targetGroup(), it.connections(), it.health(), it.why());
  }

  static Target together(Target one, Target other) {
    return new Target(
        one.address(),
        one.targetGroup(),
        one.connections() + other.connections(),
        one.health(),
        one.why());
  }
}
