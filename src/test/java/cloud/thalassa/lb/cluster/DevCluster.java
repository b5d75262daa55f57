package cloud.thalassa.lb.cluster;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/dev-cluster}, for the cluster in whose network the tests run. */
final class DevCluster {
  private DevCluster() {}

  /** Whether the tests run in one; otherwise they have some cluster whose machines are not ours. */
  static boolean here() {
    return System.getenv("DEV_CLUSTER") != null;
  }

  /** Its arguments begin with the command; the cluster's name is in the environment. */
  static List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(KubeTools.REPOSITORY.resolve("bin/dev-cluster").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  static String run(String... arguments) {
    return Command.run(command(arguments));
  }
}
