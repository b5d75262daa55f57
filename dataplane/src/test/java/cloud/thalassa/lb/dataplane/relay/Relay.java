package cloud.thalassa.lb.dataplane.relay;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.dataplane.drain.Drain;
import cloud.thalassa.lb.dataplane.flowlog.FlowLog;
import cloud.thalassa.lb.dataplane.listen.ListenerState;
import cloud.thalassa.lb.dataplane.listen.Listeners;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.table.DefectiveTable;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A dataplane with one load balancer, between clients and targets of a test. */
final class Relay implements AutoCloseable {
  static final String WEB = "test/web";
  static final String POOL = "test/pool";

  final InetAddress loopback;
  final Config config;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final RelayMeters meters;
  final RelayEngine engine;
  final Listeners listeners;
  final Drain drain;
  private final Vertx vertx = Vertx.vertx();
  private final Map<InetSocketAddress, Nobody> nobodies = new HashMap<>();
  private volatile RoutingTable table = RoutingTable.EMPTY;

  Relay(EngineUnderTest.Setting setting) {
    this(setting, RelayLimits.DEFAULT);
  }

  Relay(EngineUnderTest.Setting setting, RelayLimits limits) {
    this(setting, limits, FlowLog.OFF);
  }

  Relay(EngineUnderTest.Setting setting, RelayLimits limits, FlowLog flowLog) {
    this(setting.loopback(), setting.engine()::start, limits, flowLog);
  }

  Relay(InetAddress loopback, Start engine, RelayLimits limits, FlowLog flowLog) {
    meters = new RelayMeters(registry, flowLog);
    this.loopback = loopback;
    config = new Config(loopback);
    this.engine = engine.start(vertx, () -> table, meters, limits.withSweep(Duration.ofMillis(20)));
    listeners = new Listeners(this.engine, meters, vertx.nettyEventLoopGroup().next(), () -> {});
    drain = new Drain(listeners, this.engine);
  }

  /** How an engine comes to life. */
  interface Start {
    RelayEngine start(
        Vertx vertx, Supplier<RoutingTable> table, RelayMeters meters, RelayLimits limits);
  }

  /** One listener, {@link #WEB}, for these targets; more can be changed before it is applied. */
  Config.ListenerConfig listener(Protocol protocol, InetSocketAddress... targets) {
    var pool = config.pools.computeIfAbsent(POOL, _ -> new Config.PoolConfig());
    for (var target : targets) {
      pool.members.add(new Config.Member(target, true, false));
    }
    return listener(WEB, protocol);
  }

  /** One listener as it comes, in service. */
  void serve(Protocol protocol, InetSocketAddress... targets) {
    listener(protocol, targets);
    apply();
  }

  Config.ListenerConfig listener(String name, Protocol protocol) {
    var listener = new Config.ListenerConfig();
    listener.protocol = protocol;
    listener.port = freePort(protocol);
    config.listeners.put(name, listener);
    return listener;
  }

  Config.PoolConfig pool() {
    return Objects.requireNonNull(config.pools.get(POOL));
  }

  /** Publishes and waits until every listener is bound. */
  void apply() {
    publish();
    await().pollInterval(Duration.ofMillis(2)).until(() -> listeners.serve(table));
  }

  void publish() {
    table = RoutingTable.of(config.documents(), table, System.nanoTime());
    listeners.tablePublished(table);
  }

  /** Puts {@link DefectiveTable} in effect for what is new, until the next table. */
  void publishDefect(SelectionPolicy policy, InetSocketAddress... targets) {
    table = DefectiveTable.of(table, policy, targets);
  }

  InetSocketAddress address() {
    return address(WEB);
  }

  InetSocketAddress address(String listener) {
    return new InetSocketAddress(
        loopback, Objects.requireNonNull(config.listeners.get(listener)).port);
  }

  Socket connect() throws IOException {
    return connect(address());
  }

  static Socket connect(InetSocketAddress address) throws IOException {
    var socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.connect(address, 5_000);
    return socket;
  }

  /** Who is refused at once may notice it while he connects, or when he reads. */
  int connectAndRead() throws IOException {
    try (var socket = connect()) {
      return socket.getInputStream().read();
    }
  }

  ListenerState state() {
    return Objects.requireNonNull(
        listeners.states().get(new ListenerKey(Config.LOAD_BALANCER, WEB)));
  }

  int open() {
    return meters.open(new ListenerKey(Config.LOAD_BALANCER, WEB));
  }

  double count(TerminationReason reason) {
    return registry
        .get(reason.refused() ? "thalassa.lb.rejections" : "thalassa.lb.connections")
        .tag("reason", reason.word())
        .tag("listener", WEB)
        .counter()
        .count();
  }

  double count(DropReason reason) {
    return registry
        .get("thalassa.lb.datagrams.dropped")
        .tag("reason", reason.word())
        .counter()
        .count();
  }

  void awaitCount(TerminationReason reason, int count) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> org.assertj.core.api.Assertions.assertThat(count(reason)).isEqualTo(count));
  }

  /** A target that refuses, until {@link #letIn} or the end. */
  InetSocketAddress nobody(Protocol protocol) {
    var nobody = Nobody.at(loopback, protocol);
    nobodies.put(nobody.address(), nobody);
    return nobody.address();
  }

  /** Gives the port of a {@link #nobody} to whoever binds it next. */
  void letIn(InetSocketAddress address) throws IOException {
    Objects.requireNonNull(nobodies.remove(address)).close();
  }

  int freePort(Protocol protocol) {
    try {
      if (protocol == Protocol.TCP) {
        try (var socket = new ServerSocket(0, 1, loopback)) {
          return socket.getLocalPort();
        }
      }
      try (var socket = new DatagramSocket(0, loopback)) {
        return socket.getLocalPort();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws Exception {
    for (var nobody : nobodies.values()) {
      nobody.close();
    }
    drain.begin(Duration.ZERO).get(10, TimeUnit.SECONDS);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
