package cloud.thalassa.lb.api.console;

import java.util.List;

/**
 * Load balancers at a glance.
 *
 * @param query what they are narrowed to, as a query string
 * @param total without being narrowed
 */
public record BalancerList(
    List<Row> rows, List<Count> counts, String name, String state, String query, int total) {

  /**
   * How many are in a state.
   *
   * @param value of the state in a query
   */
  public record Count(State state, String value, long number) {}

  /**
   * A load balancer.
   *
   * @param trouble why it is not ready, or empty
   */
  public record Row(
      String href,
      String name,
      State state,
      String trouble,
      List<String> addresses,
      String kind,
      String vpc,
      String listeners,
      String targets,
      String replicas,
      String age) {}
}
