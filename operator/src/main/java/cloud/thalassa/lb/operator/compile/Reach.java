package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.compile.PodTarget.Trait;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whom the dataplane of a load balancer connects to. It changes with listeners and target groups,
 * but not with the pods that these select.
 *
 * @param namespaces those whose pods may be targets
 * @param hosts the targets that are known by their address alone
 */
public record Reach(SortedSet<String> namespaces, SortedSet<Host> hosts) {
  public Reach {
    namespaces = new TreeSet<>(namespaces);
    hosts = new TreeSet<>(hosts);
  }

  /** An address and the ports {@code port} to {@code lastPort} of it. */
  public record Host(String address, Protocol protocol, int port, int lastPort)
      implements Comparable<Host> {
    private static final Comparator<Host> ORDER =
        Comparator.comparing(Host::protocol)
            .thenComparing(Host::port)
            .thenComparing(Host::lastPort)
            .thenComparing(Host::address);

    @Override
    public int compareTo(Host other) {
      return ORDER.compare(this, other);
    }
  }

  static Reach of(Collection<Served> accepted, Map<Ref, Membership> used) {
    var behind = new HashMap<Ref, Integer>();
    for (var served : accepted) {
      var spec = served.listener().getSpec();
      int ports = spec.lastPort() - spec.port();
      served.targets().keySet().forEach(group -> behind.merge(group, ports, Math::max));
    }
    var namespaces = new TreeSet<String>();
    var hosts = new TreeSet<Host>();
    used.forEach(
        (ref, membership) -> {
          var spec = membership.group().getSpec();
          if (spec.selector() != null) {
            namespaces.add(ref.namespace());
          }
          for (var member : membership.members()) {
            if (member.pod() == null || member.pod().has(Trait.HOST_NETWORK)) {
              hosts.add(
                  new Host(
                      member.address(),
                      spec.protocol(),
                      member.port(),
                      member.port() + behind.getOrDefault(ref, 0)));
            }
          }
        });
    return new Reach(namespaces, hosts);
  }
}
