package cloud.thalassa.lb.dataplane.admit;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.PortRange;
import cloud.thalassa.lb.crds.Protocol;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Of some rules the first one about each port. */
final class FirstByPort {
  /** Greater than every rule. */
  static final int NONE = Integer.MAX_VALUE;

  private static final PortRange EVERY_PORT = new PortRange(0, 65535);

  private final Sections tcp;
  private final Sections udp;

  private FirstByPort(Sections tcp, Sections udp) {
    this.tcp = tcp;
    this.udp = udp;
  }

  /**
   * @param own places of the rules in {@code all}
   */
  static FirstByPort of(List<Integer> own, List<SecurityRule> all) {
    return new FirstByPort(about(Protocol.TCP, own, all), about(Protocol.UDP, own, all));
  }

  /** The place of the rule among all; {@link #NONE}: no rule is about this port. */
  int first(Protocol protocol, int port) {
    return (protocol == Protocol.TCP ? tcp : udp).at(port);
  }

  /** Goes from edge to edge of the rules' ports, with those open that are about the ports there. */
  private static Sections about(Protocol protocol, List<Integer> own, List<SecurityRule> all) {
    var concerned =
        own.stream()
            .filter(rule -> all.get(rule).protocol().covers(protocol))
            .sorted(Comparator.comparing(rule -> ports(all.get(rule)).from()))
            .toList();
    var edges = new TreeSet<Integer>();
    for (int rule : concerned) {
      edges.add(ports(all.get(rule)).from());
      edges.add(ports(all.get(rule)).to() + 1);
    }
    var waiting = new ArrayDeque<>(concerned);
    var open = new PriorityQueue<Integer>();
    var sections = new TreeMap<Integer, Integer>();
    for (int edge : edges) {
      while (!waiting.isEmpty() && ports(all.get(waiting.getFirst())).from() <= edge) {
        open.add(waiting.removeFirst());
      }
      while (!open.isEmpty() && ports(all.get(open.element())).to() < edge) {
        open.remove();
      }
      sections.put(edge, open.isEmpty() ? NONE : open.element());
    }
    return new Sections(sections);
  }

  private static PortRange ports(SecurityRule rule) {
    var ports = rule.ports();
    return ports == null ? EVERY_PORT : ports;
  }

  /** Each reaches from its first port to that of the next one. */
  private static final class Sections {
    private final int[] firstPort;
    private final int[] rule;

    Sections(SortedMap<Integer, Integer> ruleByFirstPort) {
      firstPort = ruleByFirstPort.keySet().stream().mapToInt(Integer::intValue).toArray();
      rule = ruleByFirstPort.values().stream().mapToInt(Integer::intValue).toArray();
    }

    int at(int port) {
      int found = Arrays.binarySearch(firstPort, port);
      int section = found >= 0 ? found : -found - 2;
      return section < 0 ? NONE : rule[section];
    }
  }
}
