package cloud.thalassa.lb.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in the cluster's network where programs of this machine can run.
 *
 * @param prefix the command that runs another one there
 */
public record Place(List<String> prefix) {
  /**
   * Outside the nodes: the network of the tests themselves. Addresses there are 10.88.0.1 and all
   * of 10.89.0.0/16; services are reached through a node ({@link Cluster#enterThrough}).
   */
  public static final Place OUTSIDE = new Place(List.of());

  /** The command line that runs {@code command} there. */
  public List<String> command(String... command) {
    var all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    return List.copyOf(all);
  }

  /**
   * Runs it to its end, at most two minutes; what it prints, or an error that says what it said.
   */
  public String run(String... command) {
    return Command.run(command(command));
  }
}
