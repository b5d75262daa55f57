package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.operator.compile.Reach;
import cloud.thalassa.lb.operator.compile.Reach.Host;
import cloud.thalassa.lb.operator.compile.Ref;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LatelyReachedTest {
  private static final Ref WEB = new Ref("shop", "web");
  private static final Host OLD = new Host("192.0.2.1", Protocol.TCP, 80, 80);
  private static final Host NEW = new Host("192.0.2.2", Protocol.TCP, 80, 80);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final LatelyReached reached = new LatelyReached(() -> now);

  @Test
  void whatIsGoneIsReachedWhileItDrains() {
    reached.with(WEB, reach("shop", OLD));
    pass(Duration.ofMinutes(59));
    var during = reached.with(WEB, reach("other", NEW));
    assertThat(during.hosts()).containsExactly(OLD, NEW);
    assertThat(during.namespaces()).containsExactly("other", "shop");
    pass(Duration.ofMinutes(2));
    assertThat(reached.with(WEB, reach("other", NEW))).isEqualTo(reach("other", NEW));
  }

  @Test
  void everyLoadBalancerReachesItsOwn() {
    reached.with(WEB, reach("shop", OLD));
    var other = new Ref("shop", "other");
    assertThat(reached.with(other, reach("shop", NEW))).isEqualTo(reach("shop", NEW));
    pass(Duration.ofHours(2));
    reached.with(other, reach("shop", NEW)); // the first one is gone
    assertThat(reached.with(WEB, reach("shop", NEW))).isEqualTo(reach("shop", NEW));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static Reach reach(String namespace, Host host) {
    return new Reach(new TreeSet<>(Set.of(namespace)), new TreeSet<>(List.of(host)));
  }
}
