package cloud.thalassa.lb.operator.children;

import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A port that the Service offers: every one of every accepted listener. */
record ServedPort(Protocol protocol, int port) implements Comparable<ServedPort> {
  private static final Comparator<ServedPort> ORDER =
      Comparator.comparing(ServedPort::protocol).thenComparing(ServedPort::port);

  /** Sorted, each once. */
  static List<ServedPort> of(ForwardingConfigSpec config) {
    return config.listeners().stream()
        .flatMap(
            entry ->
                IntStream.rangeClosed(entry.port(), entry.lastPort())
                    .mapToObj(port -> new ServedPort(entry.protocol(), port)))
        .sorted()
        .distinct()
        .toList();
  }

  /** Such as {@code tcp-443}. kube-proxy joins Service and slices by this name. */
  String name() {
    return protocol.name().toLowerCase(Locale.ROOT) + "-" + port;
  }

  @Override
  public int compareTo(ServedPort other) {
    return ORDER.compare(this, other);
  }
}
