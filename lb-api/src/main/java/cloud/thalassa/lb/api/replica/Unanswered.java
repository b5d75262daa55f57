package cloud.thalassa.lb.api.replica;

/** No replica of a load balancer says anything. */
public final class Unanswered extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unanswered(int replicas) {
    super(
        replicas == 0
            ? "the load balancer has no replica yet that could be asked: try again in a moment"
            : "none of the %d replicas of the load balancer answers: try again in a moment"
                .formatted(replicas));
  }
}
