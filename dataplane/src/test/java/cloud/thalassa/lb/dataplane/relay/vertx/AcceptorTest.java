package cloud.thalassa.lb.dataplane.relay.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.RelayLimits;
import cloud.thalassa.lb.dataplane.table.ListenerKey;
import cloud.thalassa.lb.dataplane.table.RoutingTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptorTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void failureToAcceptPausesForAWhileAndIsCounted() throws Exception {
    var group = new NioEventLoopGroup(1);
    try {
      var loop =
          new Loop(
              group.next(),
              () -> RoutingTable.EMPTY,
              RelayLimits.DEFAULT,
              ByteBufAllocator.DEFAULT,
              new SplittableRandom());
      var binding =
          new Binding(
              new ListenerKey("test/lb", "test/web"),
              Protocol.TCP,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var acceptor = new TcpPort(binding, new RelayMeters(registry)).open(loop, List.of(loop));
      group.register(acceptor).get(10, TimeUnit.SECONDS);
      acceptor.bind(binding.address()).get(10, TimeUnit.SECONDS);

      acceptor.pipeline().fireExceptionCaught(new IOException("Too many open files"));

      await().until(() -> !acceptor.config().isAutoRead());
      assertThat(registry.get("thalassa.lb.accept.pauses").counter().count()).isOne();
      await().until(acceptor.config()::isAutoRead);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
    }
  }
}
