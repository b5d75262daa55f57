package cloud.thalassa.lb.kubectl.top;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.replica.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopTextTest {
  @Test
  void hasEveryPart() {
    var traffic =
        new Traffic(
            "shop/web",
            1,
            0,
            List.of(new Traffic.Door("shop/http", 5, 6, 5, 2000, 0, 0, null)),
            List.of(new Traffic.Group("shop/web", 5, 0, 1.5)),
            List.of(
                new Traffic.Target("10.0.0.7:8080", "shop/web", 5, HealthState.HEALTHY, "it is")));
    assertThat(TopText.of(List.of(traffic), false))
        .startsWith("Load balancer shop/web: 5 connections on 1 replicas\n")
        .containsPattern("shop/http +5 +6.00 +5.00 +2.00 kB +0 B +0 +")
        .containsPattern("10.0.0.7:8080 +shop/web +5 +Healthy");
  }
}
