package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.operator.compile.Reach;
import cloud.thalassa.lb.operator.compile.Reach.Host;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

final class Samples {
  static final DataplaneTemplate TEMPLATE = template(new PodSpec());

  static final Reach REACH =
      new Reach(
          new TreeSet<>(Set.of("shop", "backoffice")),
          new TreeSet<>(
              Set.of(
                  new Host("203.0.113.7", Protocol.TCP, 8080, 8080),
                  new Host("203.0.113.8", Protocol.TCP, 8080, 8080),
                  new Host("2001:db8::1", Protocol.UDP, 5000, 5009))));

  private Samples() {}

  /** Of a platform that wants this of every pod. */
  static DataplaneTemplate template(PodSpec pod) {
    return new DataplaneTemplate(
        "dataplane:1",
        "IfNotPresent",
        "dataplane",
        Duration.ofMinutes(5),
        pod,
        "thalassa-system",
        true,
        List.of(443, 6443));
  }

  static LoadBalancer loadBalancer() {
    return loadBalancer(Scheme.EXTERNAL);
  }

  static LoadBalancer loadBalancer(Scheme scheme, String... addresses) {
    var lb = new LoadBalancer();
    lb.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName("web").build());
    lb.setSpec(new LoadBalancerSpec(scheme, null, List.of(addresses), null, 3, null, null, null));
    return lb;
  }

  /** Pairs of protocol and port, or a range such as {@code "5000-5009"}. */
  static ForwardingConfigSpec config(Object... listeners) {
    var entries = new ArrayList<ForwardingConfigSpec.Entry>();
    for (int i = 0; i < listeners.length; i += 2) {
      var ports =
          Stream.of(String.valueOf(listeners[i + 1]).split("-"))
              .mapToInt(Integer::parseInt)
              .toArray();
      entries.add(
          new ForwardingConfigSpec.Entry(
              "shop/l" + i,
              (Protocol) listeners[i],
              ports[0],
              ports[ports.length - 1],
              "shop/pool",
              List.of(),
              0,
              0,
              0,
              60,
              List.of(),
              ProxyProtocol.NONE,
              List.of()));
    }
    return new ForwardingConfigSpec(1, "now", List.of(), entries, List.of(), null);
  }
}
