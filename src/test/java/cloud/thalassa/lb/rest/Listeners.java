package cloud.thalassa.lb.rest;

import cloud.thalassa.lb.crds.ListenerSpec;
import cloud.thalassa.lb.crds.ObjectRef;
import cloud.thalassa.lb.crds.Protocol;
import java.util.List;

/** Listeners as kubectl writes them. */
final class Listeners {
  private Listeners() {}

  static ListenerSpec spec(String loadBalancer, int port, String targetGroup) {
    return new ListenerSpec(
        new ObjectRef(loadBalancer, null),
        Protocol.TCP,
        port,
        null,
        new ObjectRef(targetGroup, null),
        List.of(),
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null);
  }
}
