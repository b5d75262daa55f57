package cloud.thalassa.lb.dataplane.meter;

import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import cloud.thalassa.lb.dataplane.relay.DropReason;
import cloud.thalassa.lb.dataplane.relay.Gate;
import cloud.thalassa.lb.dataplane.relay.TerminationReason;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one listener. The number of connections against which its limit is checked is
 * the same that its gauge shows.
 */
public final class ListenerMeters {
  private final ListenerKey key;
  private final FlowLog flowLog;
  private final LongAdder cuts;
  private final Gate gate = new Gate();
  private final List<Meter> all = new ArrayList<>();
  private final Counter acceptPauses;
  private final Counter toTarget;
  private final Counter toClient;
  private final Map<TerminationReason, Counter> ended = new EnumMap<>(TerminationReason.class);
  private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);

  /**
   * @param cuts of the load balancer: what a change cut
   */
  ListenerMeters(MeterRegistry registry, FlowLog flowLog, LongAdder cuts, ListenerKey key) {
    this.key = key;
    this.flowLog = flowLog;
    this.cuts = cuts;
    var tags = Tags.of("load_balancer", key.loadBalancer(), "listener", key.listener());
    all.add(
        Gauge.builder("thalassa.lb.connections.open", gate, Gate::open)
            .description("Connections and flows that live")
            .tags(tags)
            .register(registry));
    acceptPauses =
        added(
            Counter.builder("thalassa.lb.accept.pauses")
                .description("Times that accepting stopped for a while, for want of descriptors")
                .tags(tags)
                .register(registry));
    var bytes = Counter.builder("thalassa.lb.bytes").description("Bytes relayed").tags(tags);
    toTarget = added(bytes.tag("direction", "ToTarget").register(registry));
    toClient = added(bytes.tag("direction", "ToClient").register(registry));
    for (var reason : TerminationReason.values()) {
      var counter =
          reason.refused()
              ? Counter.builder("thalassa.lb.rejections")
                  .description("Connections, and datagrams without a flow, that were refused")
              : Counter.builder("thalassa.lb.connections")
                  .description("Connections and flows that ended");
      ended.put(reason, added(counter.tags(tags).tag("reason", reason.word()).register(registry)));
    }
    for (var reason : DropReason.values()) {
      dropped.put(
          reason,
          added(
              Counter.builder("thalassa.lb.datagrams.dropped")
                  .description("Datagrams that were lost here")
                  .tags(tags)
                  .tag("reason", reason.word())
                  .register(registry)));
    }
  }

  /** Who may come in to this listener. */
  public Gate gate() {
    return gate;
  }

  /** A connection was refused, or a datagram found no flow. */
  public void ended(TerminationReason reason) {
    ended(reason, 1);
  }

  public void ended(TerminationReason reason, long times) {
    increment(ended, reason, times);
  }

  /**
   * A connection or flow that was let in has ended: it is counted, and has its line in the flow
   * log, if there is one. Allocates nothing if there is none.
   *
   * @param clientHigh the client's address as two halves, IPv4 as IPv4-mapped IPv6
   * @param target the last one; null: it had none
   * @param bytesToTarget of its whole life
   * @param nanos how long it lived
   */
  public void ended(
      TerminationReason reason,
      long clientHigh,
      long clientLow,
      int clientPort,
      @Nullable InetSocketAddress target,
      long bytesToTarget,
      long bytesToClient,
      long nanos) {
    ended(reason);
    if (reason.ofAChange()) {
      cuts.increment();
    }
    flowLog.ended(
        key,
        clientHigh,
        clientLow,
        clientPort,
        target,
        bytesToTarget,
        bytesToClient,
        nanos,
        reason);
  }

  /** Nothing is accepted for a while; clients wait in the backlog meanwhile. */
  public void acceptPaused() {
    acceptPauses.increment();
  }

  public void relayed(long bytesToTarget, long bytesToClient) {
    toTarget.increment((double) bytesToTarget);
    toClient.increment((double) bytesToClient);
  }

  public void dropped(DropReason reason) {
    dropped(reason, 1);
  }

  public void dropped(DropReason reason, long datagrams) {
    increment(dropped, reason, datagrams);
  }

  /** Since the listener began. */
  Relayed relayed() {
    var begun = (double) gate.open();
    for (var reason : ended.entrySet()) {
      begun += reason.getKey().refused() ? 0 : reason.getValue().count();
    }
    return new Relayed((long) begun, (long) toTarget.count(), (long) toClient.count());
  }

  void removeFrom(MeterRegistry registry) {
    all.forEach(registry::remove);
  }

  private static <R> void increment(Map<R, Counter> counters, R reason, long times) {
    Objects.requireNonNull(counters.get(reason), "every reason has a counter")
        .increment((double) times);
  }

  private Counter added(Counter counter) {
    all.add(counter);
    return counter;
  }
}
