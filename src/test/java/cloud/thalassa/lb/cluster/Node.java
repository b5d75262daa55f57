package cloud.thalassa.lb.cluster;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** A node, and what can happen to it. Whoever breaks it repairs it: {@link #repair}. */
public final class Node {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final KubernetesClient client;
  private final String name;

  Node(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public String zone() {
    return get().getMetadata().getLabels().get("topology.kubernetes.io/zone");
  }

  public String address() {
    return get().getStatus().getAddresses().stream()
        .filter(address -> address.getType().equals("InternalIP"))
        .findFirst()
        .orElseThrow()
        .getAddress();
  }

  public boolean ready() {
    return get().getStatus().getConditions().stream()
        .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
  }

  /** All its processes are gone at once; its disk stays. */
  public void cutPower() {
    act("stop");
  }

  /** Off the network, in both directions: no reset, no answer. */
  public void partition() {
    act("partition");
  }

  /**
   * No process of it runs, pods included, but its kernel answers: connections are accepted into
   * backlogs, and kube-proxy's rules go on leading to them.
   */
  public void freeze() {
    act("freeze");
  }

  /** Powers, connects and thaws it, whatever was done, and waits until it is Ready. */
  public void repair() {
    act("start");
    act("heal");
    act("thaw");
    await("node " + name + " is Ready")
        .atMost(PATIENCE)
        .ignoreExceptions() // the API server may be down with it
        .until(this::ready);
  }

  /** Where its own programs run. */
  public Place place() {
    return new Place(DevCluster.command("node", number(), "exec"));
  }

  private void act(String action) {
    DevCluster.run("node", number(), action);
  }

  private String number() {
    return name.substring(1);
  }

  private io.fabric8.kubernetes.api.model.Node get() {
    return client.nodes().withName(name).get();
  }

  @Override
  public String toString() {
    return name;
  }
}
